import { knownZone } from '../../parts/time/format';
import { isDay, views, type View } from './dates';

/** What of the calendar stands in the address: the view and its day, the cell that is looked into, and what it is of. */
export type CalendarSearch = {
  view?: View | undefined;
  day?: string | undefined;
  cell?: string | undefined;
  installId?: string | undefined;
  scheduleId?: string | undefined;
  /** On whose clocks its days and hours are, where that was chosen. */
  zone?: string | undefined;
};

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Every key is answered, for the router keeps what stands in the address of one that is not. */
export function readSearch(search: Record<string, unknown>): CalendarSearch {
  const cell = text(search.cell);
  const installId = text(search.installId);
  const zone = text(search.zone);
  return {
    view: views.find((known) => known === search.view),
    day: isDay(search.day) ? search.day : undefined,
    cell: cell && isDay(cell.slice(0, 10)) ? cell : undefined,
    installId,
    scheduleId: installId && text(search.scheduleId),
    zone: zone && knownZone(zone) === zone ? zone : undefined,
  };
}
