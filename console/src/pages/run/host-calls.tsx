import type { Run } from '../../api/types';
import { Panel } from '../../parts/page/panel';
import { number, texts } from '../../texts';
import styles from './run.module.css';

const words = texts.run.calls;

/** What of the host it called, and how often. */
export function HostCalls({ run }: { run: Run }) {
  const calls = run.evidence?.hostCalls;
  if (!calls || !run.startedAt) {
    return null;
  }
  const made = Object.entries(calls).sort(([, a], [, b]) => b - a);
  return (
    <Panel name={words.title}>
      {made.length === 0 ? <p className={styles.muted}>{run.state === 'running' ? words.later : words.none}</p> : (
        <dl className={styles.facts} aria-label={words.label}>
          {made.map(([name, count]) => <div key={name}><dt><code>{name}</code></dt><dd>{number(count)}</dd></div>)}
        </dl>
      )}
    </Panel>
  );
}
