import type { Install, ListedSchedule } from '../../api/types';

/** How many installs have each version, that of the most first. */
export function byVersion(installs: ReadonlyArray<Pick<Install, 'version'>>): ReadonlyArray<readonly [version: string, count: number]> {
  const counts = new Map<string, number>();
  installs.forEach(({ version }) => counts.set(version, (counts.get(version) ?? 0) + 1));
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** How many of some schedules are of each extension; of none is known while they are not there. */
export function byExtension(
  extensions: readonly string[],
  schedules: ReadonlyArray<Pick<ListedSchedule, 'extensionId'>> | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map(schedules && extensions.map((id) => [id, 0]));
  schedules?.forEach(({ extensionId }) => counts.set(extensionId, (counts.get(extensionId) ?? 0) + 1));
  return counts;
}

/** Those who have a version before those who have another. */
export const ofVersionFirst = <T extends Pick<Install, 'version'>>(installs: readonly T[], version: string): T[] => [
  ...installs.filter((install) => install.version === version),
  ...installs.filter((install) => install.version !== version),
];
