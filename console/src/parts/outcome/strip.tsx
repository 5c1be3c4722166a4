import { texts } from '../../texts';
import { outcomeOf } from './mark';
import styles from './strip.module.css';

export type StripRun = { runId: string; state: string; durationMs?: number | null | undefined };

const height = 18;
const step = 7;

/**
 * The last outcomes as bars, the latest at the right: as long as the run took, and full height in another colour where it did not succeed,
 * with a notch at the top where it did not even start, so that the colour is not alone.
 */
export function Strip({ runs, of = 20 }: { runs: readonly StripRun[]; of?: number }) {
  const shown = runs.slice(-of);
  if (shown.length === 0) {
    return <span className={styles.none}>{texts.parts.stripEmpty}</span>;
  }
  const longest = Math.max(1, ...shown.map((run) => run.durationMs ?? 0));
  const ok = shown.filter((run) => run.state === 'succeeded').length;
  return (
    <svg className={styles.strip} width={of * step} height={height} role="img" aria-label={texts.parts.strip(ok, shown.length)}>
      {shown.map((run, place) => {
        const outcome = outcomeOf(run.state);
        const tall = outcome === 'succeeded' || outcome === 'running' ? 4 + Math.sqrt((run.durationMs ?? 0) / longest) * 9 : 16;
        const x = (of - shown.length + place) * step;
        const started = outcome !== 'skipped' && outcome !== 'missed';
        return (
          <rect
            key={run.runId}
            className={styles[outcome]}
            x={started ? x : x + 0.75}
            y={started ? height - tall : height - tall + 0.75}
            width={started ? 5 : 3.5}
            height={started ? tall : tall - 1.5}
            rx="1.2"
          />
        );
      })}
    </svg>
  );
}
