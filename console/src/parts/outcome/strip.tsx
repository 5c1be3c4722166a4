import { list, texts } from '../../texts';
import { outcomeOf } from './mark';
import styles from './strip.module.css';

export type StripRun = { runId: string; state: string; durationMs?: number | null | undefined };

const height = 18;
const step = 7;

/**
 * The last outcomes as bars, the latest at the right: as long as the run took where it succeeded, of full height with a notch at the top where it failed or
 * was given up, and hollow where it did not start or has not ended, so that the colour is not alone.
 */
export function Strip({ runs, of = 20 }: { runs: readonly StripRun[]; of?: number }) {
  const shown = runs.slice(-of);
  if (shown.length === 0) {
    return <span className={styles.none}>{texts.parts.stripEmpty}</span>;
  }
  const longest = Math.max(1, ...shown.map((run) => run.durationMs ?? 0));
  const counts = new Map<string, number>();
  for (const { state } of shown) {
    counts.set(outcomeOf(state), (counts.get(outcomeOf(state)) ?? 0) + 1);
  }
  const said = [...counts].map(([outcome, n]) => texts.parts.stripPart(n, texts.parts.outcomes[outcome] ?? outcome));
  return (
    <svg className={styles.strip} width={of * step} height={height} role="img" aria-label={texts.parts.strip(shown.length, list(said))}>
      {shown.map((run, place) => {
        const outcome = outcomeOf(run.state);
        const x = (of - shown.length + place) * step;
        if (outcome === 'failed' || outcome === 'abandoned') {
          return <path key={run.runId} className={styles[outcome]} d={`M${x} 2l2.5 4 2.5-4v16h-5z`} />;
        }
        const tall = outcome === 'succeeded' || outcome === 'running' ? 4 + Math.sqrt((run.durationMs ?? 0) / longest) * 9 : 16;
        const full = outcome === 'succeeded';
        return (
          <rect
            key={run.runId}
            className={styles[outcome]}
            x={full ? x : x + 0.75}
            y={full ? height - tall : height - tall + 0.75}
            width={full ? 5 : 3.5}
            height={full ? tall : tall - 1.5}
            rx="1.2"
          />
        );
      })}
    </svg>
  );
}
