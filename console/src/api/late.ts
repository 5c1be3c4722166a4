import type { Lateness } from './types';

/** For so long after it is due nobody need hear that something has not started: claims take it in their turn. */
const punctual = 5_000;

/** Whether something is due for longer than it takes a claim to come by. */
export const isLate = ({ oldestWaitingAt, to }: Pick<Lateness, 'oldestWaitingAt' | 'to'>): boolean =>
  oldestWaitingAt != null && Date.parse(to) - Date.parse(oldestWaitingAt) > punctual;

/** What keeps what is due from starting in time, if anything does: that no node takes work, or that others wait already. */
export const holdUpOf = (late: Pick<Lateness, 'oldestWaitingAt' | 'to' | 'takesWork'>): 'idle' | 'late' | undefined =>
  !late.takesWork ? 'idle' : isLate(late) ? 'late' : undefined;
