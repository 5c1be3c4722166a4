import { holdUpOf } from '../../api/late';
import type { Lateness, ListedSchedule, NotRun, NotRunGroup, Pause } from '../../api/types';
import { pausedItself } from '../../parts/paused/pauses';
import type { texts } from '../../texts';

/** Schedules that need somebody: those that paused themselves first, then those that fail, the longest row of failures first. */
export function needing(failing: readonly ListedSchedule[], paused: readonly ListedSchedule[]): { selfPaused: ListedSchedule[]; failing: ListedSchedule[] } {
  const selfPaused = paused.filter(pausedItself);
  const ids = new Set(selfPaused.map((schedule) => schedule.id));
  return { selfPaused, failing: failing.filter((schedule) => !ids.has(schedule.id)).sort((a, b) => b.failuresInARow - a.failuresInARow) };
}

/** The causes that are shown: without those of schedules that stand above them, because they paused themselves or still fail. */
export const shownOf = (groups: readonly NotRunGroup[], selfPaused: readonly ListedSchedule[], failing: readonly ListedSchedule[]): NotRunGroup[] => {
  const of = (group: NotRunGroup, listed: readonly ListedSchedule[]) => group.examples.every(({ scheduleId }) => listed.some(({ id }) => id === scheduleId));
  const stands = (group: NotRunGroup) =>
    group.verdict === 'failed'
      ? group.schedules <= group.examples.length && of(group, [...selfPaused, ...failing])
      : group.schedules === 1 && of(group, selfPaused);
  return groups.filter((group) => !stands(group));
};

/**
 * Whether somebody meant it: what a pause that was asked for kept back, or what an admin skipped. A schedule that paused itself, or whose endpoint is gone,
 * is nobody's wish.
 */
export function isOnPurpose({ verdict, causes }: Pick<NotRunGroup, 'verdict' | 'causes'>): boolean {
  const pauses = causes.filter(({ code }) => code === 'pause');
  return verdict === 'paused'
    ? pauses.length > 0 && pauses.every(({ parameters }) => parameters.cause === 'asked')
    : causes[0]?.code === 'skipped-by-admin';
}

/** Whether later runs have made up for all of it. */
export const isMadeUp = (group: Pick<NotRunGroup, 'madeUp' | 'occurrences'>) => group.madeUp >= group.occurrences;

type Paused = { items: readonly ListedSchedule[]; nextCursor?: string | null };
type Rest = Parameters<typeof texts.now.headline>[1];
type Above = { pause?: Pause | null } | undefined;

/** Whether the pause of the tenant, or the host's, holds all that is looked at. */
export const isAllHeld = (all: boolean, paused: Paused, layer: Above): boolean =>
  Boolean(layer?.pause) || paused.items.some(({ pauses }) => pauses?.some((pause) => pause.layer === 'host' || (!all && pause.layer === 'tenant')));

/**
 * What can be said of all that does not need somebody: that no node takes it or a pause holds all of it, that what is due waits, and that it runs only where
 * all was looked at.
 */
export function restOf(all: boolean, paused: Paused, layer: Above, notRun: NotRun | undefined, late: Lateness | undefined): Rest {
  const held = late && holdUpOf(late);
  if (held === 'idle') {
    return held;
  }
  if (isAllHeld(all, paused, layer)) {
    return 'paused';
  }
  if (held) {
    return held;
  }
  // That of a tenant holds everything of it, among the rest.
  if (all && paused.items.some(({ pauses }) => pauses?.some((pause) => pause.layer === 'tenant'))) {
    return 'unknown';
  }
  return layer && late && notRun && !notRun.nextCursor && !notRun.moreFailed && !paused.nextCursor && notRun.heldLookedAt >= notRun.held ? 'runs' : 'unknown';
}
