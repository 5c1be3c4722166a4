/** When yesterday began on the browser's clocks. */
export const beginOfYesterday = (now: number) => beginOf(now, -1);

/** When today ends on them. */
export const endOfToday = (now: number) => beginOf(now, 1);

function beginOf(now: number, days: number): string {
  const begin = new Date(now);
  begin.setHours(0, 0, 0, 0);
  begin.setDate(begin.getDate() + days);
  return begin.toISOString();
}
