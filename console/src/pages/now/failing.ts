import type { ListedSchedule, NotRunGroup, Run } from '../../api/types';
import { texts } from '../../texts';

/** A schedule that fails, with the run that failed last, as far as that was read. */
export type Failure = { schedule: ListedSchedule; run: Run | undefined };

/** Schedules of an extension that fail by one version in one way: the last of them tell how. */
export type FailureGroup = { key: string; extensionId: string; run: Run | undefined; failures: Failure[] };

/**
 * Failing schedules by extension, version and reason, in the order in which they come, those of many schedules first. `runs` are those that failed, the
 * latest first.
 */
export function groupFailures(failing: readonly ListedSchedule[], runs: readonly Run[]): FailureGroup[] {
  const last = new Map<string, Run>();
  for (const run of runs) {
    if (!last.has(run.scheduleId)) {
      last.set(run.scheduleId, run);
    }
  }
  const groups = new Map<string, FailureGroup>();
  for (const schedule of failing) {
    const run = last.get(schedule.id);
    // Of one whose run was too long ago to be read nothing is known that would make it alike.
    const key = run ? [schedule.extensionId, run.versionId, run.reason].join(' ') : schedule.id;
    const group = groups.get(key) ?? { key, extensionId: schedule.extensionId, run, failures: [] };
    group.failures.push({ schedule, run });
    groups.set(key, group);
  }
  // Sorting keeps the order of those that are of as many.
  return [...groups.values()].sort((a, b) => b.failures.length - a.failures.length);
}

/** Whether a schedule has paused itself because it failed, and not because what it calls is gone. */
export const isByFailures = ({ pauses }: Pick<ListedSchedule, 'pauses'>) => pauses?.some(({ cause }) => cause === 'failures') ?? false;

/** Schedules that paused themselves, grouped likewise: a failure is why only of those that paused themselves for it. */
export function groupSelfPaused(paused: readonly ListedSchedule[], runs: readonly Run[]): FailureGroup[] {
  const ids = new Set(paused.filter(isByFailures).map(({ id }) => id));
  return groupFailures(paused, runs.filter(({ scheduleId }) => ids.has(scheduleId)));
}

/** Of how many tenants a group is. */
export const tenantsOf = ({ failures }: FailureGroup): number => new Set(failures.map(({ schedule }) => schedule.tenant)).size;

/** Since when a group that paused itself is held, the first of it; nothing for one that is not. */
export function heldSince({ failures }: Pick<FailureGroup, 'failures'>): string | undefined {
  const since = failures.flatMap(({ schedule }) => schedule.pauses?.filter(({ layer, cause }) => layer === 'schedule' && cause !== 'asked') ?? []);
  return since.map((pause) => pause.since).sort()[0];
}

/** How many occurrences it has kept back by that, of what did not run by cause: of causes that are of such schedules alone. */
export function keptBack({ failures }: Pick<FailureGroup, 'failures'>, groups: readonly NotRunGroup[]): number {
  const ids = new Set(failures.map(({ schedule }) => schedule.id));
  const held = groups.filter(
    ({ verdict, open, schedules, examples }) =>
      verdict === 'paused' && open && schedules <= examples.length && examples.every(({ scheduleId }) => ids.has(scheduleId)),
  );
  return held.reduce((sum, { occurrences }) => sum + occurrences, 0);
}

const longest = 200;

/** What was said of a failure, each once and of each its first line, which is cut where it would take the page: the run has all of it. */
export const saidOf = (...said: ReadonlyArray<string | undefined>): string[] =>
  [...new Set(said.map((text) => text?.split('\n')[0] ?? ''))]
    .filter(Boolean)
    .map((line) => (line.length > longest ? texts.now.needs.cut([...line].slice(0, longest).join('').trimEnd()) : line));
