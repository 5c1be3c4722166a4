import type { ListedSchedule } from '../../api/types';

/** The occurrence that would be next and is skipped: a list by the next run has the schedule at that place. */
export function skippedNext({ skips, nextDueAt }: Pick<ListedSchedule, 'skips' | 'nextDueAt'>, now: number): string | undefined {
  const [first] = (skips ?? [])
    .filter(({ at, voidedAt }) => !voidedAt && Date.parse(at) > now && (!nextDueAt || Date.parse(at) < Date.parse(nextDueAt)))
    .map(({ at }) => at)
    .sort();
  return first;
}
