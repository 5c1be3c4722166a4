import type { Run } from '../../api/types';

/** How many occurrences of each row that did not go well were made up for, by the row's id. */
export type MadeUp = ReadonlyMap<string, number>;

/** What repeats and runs of backfills that succeeded made up for. */
export function madeUpOf(troubles: readonly Run[], repeats: readonly Run[]): MadeUp {
  const times = new Map<string, Set<number>>();
  for (const { scheduleId, occurrence } of repeats) {
    if (occurrence) {
      times.set(scheduleId, (times.get(scheduleId) ?? new Set()).add(Date.parse(occurrence)));
    }
  }
  const found = new Map<string, number>();
  for (const run of troubles.filter(({ finishedAt }) => finishedAt)) {
    const { count, from, to } = run.missed ?? single(run);
    const made = [...(times.get(run.scheduleId) ?? [])].filter((at) => at >= Date.parse(from) && at <= Date.parse(to)).length;
    if (made > 0) {
      found.set(run.id, Math.min(made, count));
    }
  }
  return found;
}

const single = ({ occurrence, dueAt }: Run) => ({ count: 1, from: occurrence ?? dueAt, to: occurrence ?? dueAt });

/** Whether all that a row stands for was made up for. */
export const isMadeUp = (run: Run, madeUp: MadeUp) => (madeUp.get(run.id) ?? 0) >= (run.missed?.count ?? 1);
