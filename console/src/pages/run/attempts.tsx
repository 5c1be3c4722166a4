import { lasted } from '../../api/took';
import type { Run } from '../../api/types';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { formatReal } from '../../parts/time/real';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './run.module.css';

const words = texts.run.attempts;
const duration = (milliseconds: number | undefined) => (milliseconds === undefined ? '' : formatReal(milliseconds));
const reason = (word: string | null | undefined) => (word ? (texts.parts.reasons[word] ?? word) : '');

/** Each attempt, the last first: where it ran, for how long, how it ended. */
export function Attempts({ run, zone }: { run: Run; zone: string }) {
  if (!run.startedAt && run.earlierAttempts.length === 0) {
    return null;
  }
  const last = {
    attempt: run.attempt,
    startedAt: run.startedAt,
    endedAt: run.finishedAt,
    reason: run.reason,
    node: run.node,
    version: run.version,
    traceId: run.traceId,
    error: run.error,
    state: run.state,
  };
  const waits = run.state === 'queued';
  const all = [
    ...(waits ? [] : [last]),
    ...[...run.earlierAttempts].reverse().map((attempt) => ({ ...attempt, state: attempt.reason ? 'failed' : 'abandoned' })),
  ];
  return (
    <Panel name={words.title}>
      <ol className={styles.attempts}>
        {all.map((attempt) => (
          <li key={`${attempt.attempt}${attempt.startedAt}`}>
            <Mark of={outcomeOf(attempt.state)}>
              {words.attempt(attempt.attempt)}
              {attempt.reason ? `: ${reason(attempt.reason)}` : ''}
            </Mark>
            <small>
              {attempt.startedAt && <When at={attempt.startedAt} zone={zone} shown="second" />}{' '}
              {attempt.endedAt ? duration(lasted(attempt)) : words.now}
              {attempt.node && ` · ${words.node(attempt.node)}`}
              {attempt.version && ` · ${words.version(attempt.version)}`}
              {attempt.traceId && attempt !== all[0] && ` · ${words.trace(attempt.traceId)}`}
            </small>
            {attempt.error && attempt !== all[0] && <code>{attempt.error}</code>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
