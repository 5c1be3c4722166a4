import { knownZone } from '../../parts/time/format';
import { parseTime } from '../../parts/time/parse';

export type View = 'month' | 'week' | 'day';
export const views: readonly View[] = ['month', 'week', 'day'];

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', {
      timeZone: knownZone(zone),
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, found);
  }
  return found;
}

/** The day and the hour of an instant on a zone's clocks: `2026-11-29` and 14. */
export function placeOf(instant: string | number, zone: string): { day: string; hour: number } {
  const parts = formatter(zone).formatToParts(new Date(instant));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { day: `${of('year')}-${of('month')}-${of('day')}`, hour: Number(of('hour')) };
}

/** A day so many days later; days have no zone. */
export const plus = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
const monday = (day: string) => plus(day, -weekday(day));

/** The days that a view shows: whole weeks from Monday on, or the day. */
export function daysOf(view: View, day: string): string[] {
  if (view === 'day') {
    return [day];
  }
  const first = monday(view === 'week' ? day : `${day.slice(0, 8)}01`);
  const length =
    view === 'week' ? 7 : weekday(`${day.slice(0, 8)}01`) + lengthOf(day) > 35 ? 42 : weekday(`${day.slice(0, 8)}01`) + lengthOf(day) > 28 ? 35 : 28;
  return Array.from({ length }, (_, at) => plus(first, at));
}

const lengthOf = (day: string) => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();

/** The same view, one further or one back. */
export function stepped(view: View, day: string, by: 1 | -1): string {
  if (view !== 'month') {
    return plus(day, view === 'week' ? 7 * by : by);
  }
  const month = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + by, 1)).toISOString().slice(0, 10);
  return `${month.slice(0, 8)}${String(Math.min(Number(day.slice(8)), lengthOf(month))).padStart(2, '0')}`;
}

/** The hour of a forecast that begins in an hour of some clocks: forecasts have UTC's, and not all clocks have theirs with it. */
export const hourIn = (from: string) => new Date(Math.ceil(Date.parse(from) / 3_600_000) * 3_600_000).toISOString();

/** The instants at which a day begins and ends on a zone's clocks. */
export function instantsOf(days: readonly string[], zone: string): { from: string; to: string } {
  const begin = (day: string) => parseTime(`${day} 00:00`, zone) ?? `${day}T00:00:00.000Z`;
  return { from: begin(days[0] ?? ''), to: begin(plus(days.at(-1) ?? '', 1)) };
}

const hour = 3_600_000;

/** The instants at which an hour of a day begins and ends. */
export function hourOf(day: string, at: number, zone: string): { from: string; to: string } {
  const from = parseTime(`${day} ${at}:00`, zone) ?? `${day}T00:00:00.000Z`;
  return { from, to: new Date(Date.parse(from) + hour).toISOString() };
}

export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) && plus(value, 0) === value;
