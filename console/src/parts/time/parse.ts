import { knownZone } from './format';

const wall = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** How far a zone's clocks are from UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(instant / 1_000) * 1_000;
}

/**
 * The instant of a time as people write it: `2026-11-27 06:10` on the clocks of a zone, or with a zone of its own as ISO 8601 has it. Of an hour that
 * clocks show twice it is the first; in one that they leave out, as far behind its beginning as the time is. Undefined for what is no time.
 */
export function parseTime(text: string, zone: string): string | undefined {
  const trimmed = text.trim();
  const match = wall.exec(trimmed);
  if (!match) {
    const time = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(asUtc);
  if (read.getUTCMonth() !== month - 1 || read.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    return undefined;
  }
  const timeZone = knownZone(zone);
  const before = asUtc - offsetAt(asUtc - 86_400_000, timeZone);
  const after = asUtc - offsetAt(asUtc + 86_400_000, timeZone);
  const fits = [before, after].filter((instant) => instant + offsetAt(instant, timeZone) === asUtc);
  return new Date(fits.length > 0 ? Math.min(...fits) : before).toISOString();
}

/** An instant as `parseTime` reads it. */
export function writeTime(instant: string | number, zone: string): string {
  const time = new Date(instant).getTime();
  return new Date(time + offsetAt(time, knownZone(zone))).toISOString().slice(0, 16).replace('T', ' ');
}
