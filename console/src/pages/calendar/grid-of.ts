import { language, texts } from '../../texts';
import type { View } from './dates';

const utc = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)).replaceAll(',', '');

/** What a view calls the time that it shows: "November 2026", "23 to 29 November 2026", "Sunday 29 November 2026". */
export function nameOf(view: View, day: string, days: readonly string[]): string {
  if (view === 'month') {
    return utc(day, { month: 'long', year: 'numeric' });
  }
  if (view === 'day') {
    return utc(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  }
  const form = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return form.formatRange(new Date(`${days[0]}T00:00:00Z`), new Date(`${days.at(-1)}T00:00:00Z`));
}

export const dayName = (day: string) => utc(day, { weekday: 'long', day: 'numeric', month: 'long' });
export const shortDay = (day: string) => utc(day, { weekday: 'short', day: 'numeric' });
export const hourName = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

export type Slot = { key: string; day: string; hour?: number };

/** The rows and columns of a view: weeks by days, or hours by days. */
export function slotsOf(view: View, days: readonly string[]) {
  if (view === 'month') {
    const columns = days.slice(0, 7).map((day) => ({ key: day, name: utc(day, { weekday: 'short' }), full: utc(day, { weekday: 'long' }) }));
    const rows = Array.from({ length: days.length / 7 }, (_, week) => ({
      key: days[week * 7] ?? '',
      name: '',
      full: texts.calendar.week(dayName(days[week * 7] ?? '')),
      slots: days.slice(week * 7, week * 7 + 7).map((day): Slot => ({ key: day, day })),
    }));
    return { columns, rows };
  }
  const columns = days.map((day) => ({
    key: day,
    name: utc(day, days.length > 1 ? { weekday: 'short', day: 'numeric' } : { weekday: 'long', day: 'numeric', month: 'long' }),
    full: dayName(day),
  }));
  const rows = Array.from({ length: 24 }, (_, hour) => ({
    key: String(hour),
    name: hourName(hour),
    full: undefined,
    slots: days.map((day): Slot => ({ key: `${day}T${String(hour).padStart(2, '0')}`, day, hour })),
  }));
  return { columns, rows };
}
