import type { ScheduleFilters } from '../../api/schedules';

/** What of the list stands in the address: its filters and its order. */
export type SchedulesSearch = ScheduleFilters & { sort?: string | undefined };

export const sorts = ['created', '-created', 'next', 'name', '-name', 'failures', 'lastRun', '-lastRun'] as const;

/** The orders of a list. What ran last comes first only where one install is listed: one extension of one tenant. */
export const sortsOf = (ofAll: boolean, extension: string | undefined) =>
  sorts.filter((sort) => !sort.endsWith('lastRun') || (!ofAll && extension !== undefined));

/** The order where none was chosen: of what fails the worst first, else what starts next. */
export const sortOf = ({ failing }: SchedulesSearch): (typeof sorts)[number] => (failing === 'true' ? 'failures' : 'next');

/** A text of an address; the router reads `?failing=true` as a boolean and `?dueWithin=60` as a number. */
export const textOf = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined;

const among = (words: readonly string[]) => (text: string) => words.includes(text);
const most = 366 * 24 * 60;

/** The filters, each with what the server takes as its value. */
const filters: Record<keyof ScheduleFilters, (text: string) => boolean> = {
  q: () => true,
  enabled: among(['true', 'false']),
  paused: among(['true', 'false', 'host', 'tenant', 'install', 'schedule']),
  failing: among(['true', 'false']),
  extension: () => true,
  endpoint: () => true,
  cron: () => true,
  timezone: () => true,
  dueWithin: (text) => /^[1-9]\d{0,5}$/.test(text) && Number(text) <= most,
};

/** The filters and the order of an address, as far as they are some. Every key is answered, for the router keeps what stands there of one that is not. */
export function readSearch(search: Record<string, unknown>): SchedulesSearch {
  const read = Object.entries(filters).map(([name, takes]) => {
    const text = textOf(search[name]);
    return [name, text !== undefined && takes(text) ? text : undefined];
  });
  return { ...Object.fromEntries(read), sort: sorts.find((known) => known === search.sort) };
}

/** The filters that are set, and nothing else that stands in the address. */
export const filtersOf = (search: SchedulesSearch): ScheduleFilters =>
  Object.fromEntries(Object.entries(search).filter(([name, value]) => Object.hasOwn(filters, name) && value !== undefined));
