import { language, texts } from '../../texts';

export type Shown = 'minute' | 'second' | 'day' | 'full' | 'clock' | 'time';

const year = (date: Date, timeZone: string) => formatter({ timeZone, year: 'numeric' }).format(date);
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language, options);
    formatters.set(key, found);
  }
  return found;
}

/** The zone if this browser knows it, else UTC: a browser's zones may be older than the server's. */
export function knownZone(zone: string | null | undefined): string {
  try {
    return formatter({ timeZone: zone || 'UTC' }).resolvedOptions().timeZone === undefined ? 'UTC' : zone || 'UTC';
  } catch {
    return 'UTC';
  }
}

/** Whether a zone's clocks show UTC, by whatever name, or because the browser does not know it. */
export const isUtc = (zone: string) => formatter({ timeZone: knownZone(zone) }).resolvedOptions().timeZone === 'UTC';

/** The reader's own, where schedules of many zones meet. */
export const ownZone = () => formatter({}).resolvedOptions().timeZone;

/** On which clocks a time is read that somebody types: in UTC where the browser does not know the zone, which may be hours away from what is meant. */
export const zoneHint = (zone: string) => (knownZone(zone) === zone ? texts.parts.time.inZone(zone) : texts.parts.time.unknownZone(zone));

const forms: Record<Shown, Intl.DateTimeFormatOptions> = {
  minute: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  second: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

/** An instant on the clocks of a zone; with the year when it is not the present one. */
export function formatTime(instant: string | number, zone: string, shown: Shown, now: number): string {
  const date = new Date(instant);
  const timeZone = knownZone(zone);
  const options = { ...forms[shown], timeZone };
  const other = shown !== 'clock' && shown !== 'time' && shown !== 'full' && year(date, timeZone) !== year(new Date(now), timeZone);
  // English puts commas into dates; in a column of them they are noise.
  return formatter(other ? { ...options, year: 'numeric' } : options).format(date).replaceAll(',', '');
}

/** Whether two instants are on one day of a zone. */
export const isSameDay = (one: string, other: string, zone: string) => formatTime(one, zone, 'day', 0) === formatTime(other, zone, 'day', 0);

/** A sentence of the server's, with the instants in it as people read them: on the clocks of a zone that the page is in, or in UTC, which it says then. */
export function withTimes(text: string, now: number, zone?: string): string {
  const shown = (instant: string) => {
    const time = formatTime(instant, zone ?? 'UTC', 'minute', now);
    return zone === undefined ? texts.parts.time.utc(time) : time;
  };
  return text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, shown);
}

// Each with from how many seconds on it is taken: people count days up to a hundred.
const units: ReadonlyArray<[unit: Intl.RelativeTimeFormatUnit, size: number, from: number]> = [
  ['year', 31_557_600, 31_557_600], ['month', 2_629_800, 8_640_000], ['day', 86_400, 86_400], ['hour', 3_600, 3_600], ['minute', 60, 60], ['second', 1, 1],
];
const relatives = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'always' });

/** "in 3 h", "2 d ago", "in 89 d": the largest unit that fits, rounded towards now so that nothing looks later than it is. */
export function formatRelative(instant: string | number, now: number): string {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1_000);
  if (Math.abs(seconds) < 1) {
    return texts.parts.time.now;
  }
  const [unit, size] = units.find(([, , from]) => Math.abs(seconds) >= from) ?? ['second', 1];
  return relatives.format(Math.trunc(seconds / size), unit);
}

const durationUnits: ReadonlyArray<[string, number]> = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1_000]];

/** "4 ms", "1.2 s", "2 min 11 sec": two units at most, as many digits as help. */
export function formatDuration(milliseconds: number): string {
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits }).format(value);
  const value = Math.max(0, milliseconds);
  if (value < 1_000) {
    return unit(Math.round(value), 'millisecond');
  }
  if (value < 60_000) {
    return unit(value / 1_000, 'second', value < 10_000 ? 1 : 0);
  }
  const [, rounding] = durationUnits[durationUnits.findIndex(([, size]) => value >= size) + 1] as [string, number];
  const rounded = Math.round(value / rounding) * rounding;
  const at = durationUnits.findIndex(([, size]) => rounded >= size);
  const [name, size] = durationUnits[at] as [string, number];
  const [below, small] = durationUnits[at + 1] as [string, number];
  const rest = Math.floor((rounded % size) / small);
  return rest === 0 ? unit(Math.floor(rounded / size), name) : `${unit(Math.floor(rounded / size), name)} ${unit(rest, below)}`;
}

/** The city of a zone's name, as people say it: `America/New_York` is New York. */
export const zoneWord = (zone: string) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
