import { knownZone } from './format';

const wall = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const withOffset = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/;
const day = 86_400_000;

export type ReadTime = {
  at: string;
  /** What the clocks do to it: they leave it out, and it is the first instant after that; or they show it twice, and it is one of the two. */
  clocks?: 'leftOut' | 'first' | 'second';
  /** The time of day as it was typed, and as the clocks show it. */
  typed: string;
  shown: string;
  /** The other one of two, as it can be typed. */
  other?: string;
};

/** How far a zone's clocks are from UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(instant / 1_000) * 1_000;
}

/**
 * A time as people write it: `2026-11-27 06:10` on the clocks of a zone, or with an offset of its own as ISO 8601 has it. Of an hour that clocks show
 * twice it is the first; in one that they leave out it is the end of that, as schedules have it. Undefined for what is no time.
 */
export function readTime(text: string, zone: string): ReadTime | undefined {
  const trimmed = text.trim();
  const timeZone = knownZone(zone);
  const offset = withOffset.exec(trimmed)?.[1];
  if (offset) {
    const instant = Date.parse(trimmed);
    if (Number.isNaN(instant)) {
      return undefined;
    }
    // Of what is said in UTC nobody asks on which side of a change it is.
    return offset === 'Z' ? timeOf(instant, instant, timeZone) : among(instant + offsetAt(instant, timeZone), timeZone, instant);
  }
  const match = wall.exec(trimmed);
  if (!match) {
    return undefined;
  }
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const asUtc = Date.UTC(year, month - 1, date, hour, minute, second);
  const read = new Date(asUtc);
  return read.getUTCMonth() !== month - 1 || read.getUTCDate() !== date || hour > 23 || minute > 59 || second > 59 ? undefined : among(asUtc, timeZone);
}

/** The instant of what `readTime` reads. */
export const parseTime = (text: string, zone: string): string | undefined => readTime(text, zone)?.at;

/** Whether the server takes an instant: from 1970 on, and before the year 9000. */
export const isTaken = (at: string): boolean => Date.parse(at) >= 0 && Date.parse(at) < Date.UTC(9_000, 0);

/** The instants at which clocks show a time: the one that is meant, or the first. The time is given as if it were one of UTC. */
function among(asUtc: number, timeZone: string, meant?: number): ReadTime {
  const [before, after] = [asUtc - offsetAt(asUtc - day, timeZone), asUtc - offsetAt(asUtc + day, timeZone)];
  const [first, second] = [...new Set([before, after])].filter((instant) => instant + offsetAt(instant, timeZone) === asUtc).sort((a, b) => a - b);
  if (first === undefined) {
    return { ...timeOf(endOfGap(after, before, timeZone), asUtc, timeZone), clocks: 'leftOut' };
  }
  const at = meant ?? first;
  return second === undefined
    ? timeOf(at, asUtc, timeZone)
    : { ...timeOf(at, asUtc, timeZone), clocks: at === second ? 'second' : 'first', other: withItsOffset(at === second ? first : second, timeZone) };
}

/** The first instant with the offset of the later one, of two on both sides of a jump. */
function endOfGap(from: number, to: number, timeZone: string): number {
  const offset = offsetAt(to, timeZone);
  let [early, late] = [from / 1_000, to / 1_000];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    [early, late] = offsetAt(middle * 1_000, timeZone) === offset ? [early, middle] : [middle, late];
  }
  return late * 1_000;
}

const clock = (asUtc: number) => new Date(asUtc).toISOString().slice(11, 16);

const timeOf = (instant: number, asUtc: number, timeZone: string): ReadTime => ({
  at: new Date(instant).toISOString(),
  typed: clock(asUtc),
  shown: clock(instant + offsetAt(instant, timeZone)),
});

function withItsOffset(instant: number, timeZone: string): string {
  const offset = offsetAt(instant, timeZone);
  const away = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${new Date(instant + offset).toISOString().slice(0, 19).replace(/:00$/, '')}${offset < 0 ? '-' : '+'}${two(away / 60)}:${two(away % 60)}`;
}

/** An instant as `readTime` reads it. */
export function writeTime(instant: string | number, zone: string): string {
  const time = new Date(instant).getTime();
  return new Date(time + offsetAt(time, knownZone(zone))).toISOString().slice(0, 16).replace('T', ' ');
}
