import type { ListedSchedule } from '../../api/types';

/** Schedules that need somebody: those that paused themselves first, then those that fail, the longest row of failures first. */
export function needing(failing: readonly ListedSchedule[], paused: readonly ListedSchedule[]): { selfPaused: ListedSchedule[]; failing: ListedSchedule[] } {
  const bySelf = (schedule: ListedSchedule) => schedule.pauses?.some((pause) => pause.layer === 'schedule' && pause.cause !== 'asked') ?? false;
  const selfPaused = paused.filter(bySelf);
  const ids = new Set(selfPaused.map((schedule) => schedule.id));
  return { selfPaused, failing: failing.filter((schedule) => !ids.has(schedule.id)).sort((a, b) => b.failuresInARow - a.failuresInARow) };
}
