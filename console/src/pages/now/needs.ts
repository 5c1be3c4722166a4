import type { ListedSchedule, NotRun, NotRunGroup, Pause } from '../../api/types';

/** Schedules that need somebody: those that paused themselves first, then those that fail, the longest row of failures first. */
export function needing(failing: readonly ListedSchedule[], paused: readonly ListedSchedule[]): { selfPaused: ListedSchedule[]; failing: ListedSchedule[] } {
  const bySelf = (schedule: ListedSchedule) => schedule.pauses?.some((pause) => pause.layer === 'schedule' && pause.cause !== 'asked') ?? false;
  const selfPaused = paused.filter(bySelf);
  const ids = new Set(selfPaused.map((schedule) => schedule.id));
  return { selfPaused, failing: failing.filter((schedule) => !ids.has(schedule.id)).sort((a, b) => b.failuresInARow - a.failuresInARow) };
}

/** The causes that are shown: without those of a schedule that stands above them, because it paused itself or still fails. */
export const shownOf = (groups: readonly NotRunGroup[], selfPaused: readonly ListedSchedule[], failing: readonly ListedSchedule[]): NotRunGroup[] => {
  const of = (group: NotRunGroup, listed: readonly ListedSchedule[]) => group.examples.some(({ scheduleId }) => listed.some(({ id }) => id === scheduleId));
  return groups.filter((group) => !(group.schedules === 1 && of(group, group.verdict === 'failed' ? [...selfPaused, ...failing] : selfPaused)));
};

/** Whether later runs have made up for all of it. */
export const isMadeUp = (group: Pick<NotRunGroup, 'madeUp' | 'occurrences'>) => group.madeUp >= group.occurrences;

/** What can be said of all that does not need somebody: only what was looked at, and nothing of what a tenant's or the host's pause holds. */
export function restOf(
  all: boolean,
  paused: { items: readonly ListedSchedule[]; nextCursor?: string | null },
  layer: { pause?: Pause | null } | undefined,
  notRun: NotRun | undefined,
): 'runs' | 'paused' | 'unknown' {
  const held = paused.items.some(({ pauses }) => pauses?.some((pause) => pause.layer === 'host' || (!all && pause.layer === 'tenant')));
  if (held || layer?.pause) {
    return 'paused';
  }
  return layer && notRun && !notRun.nextCursor && !notRun.moreFailed && !paused.nextCursor && notRun.heldLookedAt >= notRun.held ? 'runs' : 'unknown';
}
