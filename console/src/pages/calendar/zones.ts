/** The zones of some schedules, that of the most first. */
export function byNumber(zones: readonly string[]): string[] {
  const counts = new Map<string, number>();
  zones.forEach((zone) => counts.set(zone, (counts.get(zone) ?? 0) + 1));
  return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([zone]) => zone);
}

/** Zones to choose among: those of the schedules, the reader’s own, UTC, and the one that is shown. */
export const choicesOf = (zones: readonly string[], own: string, shown: string) => [...new Set([...zones, own, 'UTC', shown])];
