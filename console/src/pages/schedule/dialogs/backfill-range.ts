/** What is wrong with the times of a backfill, which fills in what is over, at its earlier end or its later one. */
export function wrongRange(from: string, to: string, now: number): { at: 'from' | 'to'; why: 'reversed' | 'ahead' } | undefined {
  return Date.parse(to) > now ? { at: 'to', why: 'ahead' } : Date.parse(from) > Date.parse(to) ? { at: 'from', why: 'reversed' } : undefined;
}
