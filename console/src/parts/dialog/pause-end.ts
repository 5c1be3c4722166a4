import { parseTime, writeTime } from '../time/parse';

/** When a pause ends by itself, as it is chosen: never (`none`), in so many minutes, or at a time that is typed. */
export type PauseEnd = { ends: string; at: string };

/** Not by itself; whoever chooses a time begins with the next morning. */
export const noEnd = (now: number, zone: string): PauseEnd => ({ ends: 'none', at: `${writeTime(now + 86_400_000, zone).slice(0, 10)} 08:00` });

/** The instant of an end, none where it has none, or what is wrong with the time that was typed. */
export function untilOf({ ends, at }: PauseEnd, zone: string, now: number): { until?: string; wrong?: 'no-time' | 'past' } {
  if (ends === 'none') {
    return {};
  }
  const until = ends === 'at' ? readEnd(at, zone, now) : new Date(now + Number(ends) * 60_000).toISOString();
  return until === undefined ? { wrong: 'no-time' } : Date.parse(until) <= now ? { wrong: 'past' } : { until };
}

/** A time of day is the next one on the clocks of the zone: what is typed at night is often no more than that. */
function readEnd(typed: string, zone: string, now: number): string | undefined {
  if (!/^\d{1,2}:\d{2}$/.test(typed.trim())) {
    return parseTime(typed, zone);
  }
  const today = writeTime(now, zone).slice(0, 10);
  const on = (day: string) => parseTime(`${day} ${typed.trim()}`, zone);
  const first = on(today);
  // By the calendar, for a day of a zone can have an hour more or less.
  return first && Date.parse(first) <= now ? on(new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10)) : first;
}
