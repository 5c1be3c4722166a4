import { useSyncExternalStore } from 'react';
import type { Run } from '../../api/types';
import { now, onTick } from '../../app/clock';
import { texts } from '../../texts';
import { Sentence } from '../sentence';
import { FromNow } from '../time/when';
import { errorLine } from './run-words';

const words = texts.parts.retry;

/** Of a run that ran in vain and waits: how often and why, and when it is tried again; `most` is how often it may be. */
export function Retry({ run, most }: { run: Run; most?: number | undefined }) {
  const last = run.earlierAttempts.at(-1);
  const why = errorLine(run) || (last?.reason ? (texts.parts.reasons[last.reason] ?? last.reason) : texts.parts.outcomes.abandoned);
  const { availableAt } = run;
  const waits = useSyncExternalStore(onTick, () => availableAt != null && Date.parse(availableAt) > now());
  return (
    <Sentence
      of={waits ? words.again : words.soon}
      failed={words.failed(run.earlierAttempts.length, why ?? '')}
      at={<FromNow at={availableAt} zone={run.timezone ?? undefined} />}
      attempt={words.attempt((last?.attempt ?? 0) + 1, most)}
    />
  );
}
