import { isDay, views, type View } from './dates';

/** What of the calendar stands in the address: the view and its day, the cell that is looked into, and what it is of. */
export type CalendarSearch = { view?: View; day?: string; cell?: string; installId?: string; scheduleId?: string };

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function readSearch(search: Record<string, unknown>): CalendarSearch {
  const view = views.find((known) => known === search.view);
  const cell = text(search.cell);
  const [installId, scheduleId] = [text(search.installId), text(search.scheduleId)];
  return {
    ...(view ? { view } : {}),
    ...(isDay(search.day) ? { day: search.day } : {}),
    ...(cell && isDay(cell.slice(0, 10)) ? { cell } : {}),
    ...(installId ? { installId, ...(scheduleId ? { scheduleId } : {}) } : {}),
  };
}
