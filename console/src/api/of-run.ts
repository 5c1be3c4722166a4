import type { Run } from './types';

/** The occurrence that a run is of, which can be asked why; undefined for one that somebody asked for, which has its own page and no other answer. */
export const occurrenceOf = (run: Pick<Run, 'trigger' | 'dueAt' | 'occurrence'>): string | undefined =>
  run.trigger === 'run-now' || run.trigger === 'rerun' ? undefined : (run.occurrence ?? run.dueAt);

/** Whether it ran in vain and waits for its next attempt. */
export const isRetrying = (run: Pick<Run, 'state' | 'earlierAttempts'>): boolean => run.state === 'queued' && run.earlierAttempts.length > 0;
