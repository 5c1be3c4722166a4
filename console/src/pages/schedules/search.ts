import type { ScheduleFilters } from '../../api/schedules';

/** What of the list stands in the address: its filters and its order. */
export type SchedulesSearch = ScheduleFilters & { sort?: string };

const filters = ['q', 'enabled', 'paused', 'failing', 'extension', 'endpoint', 'dueWithin'] as const;
export const sorts = ['created', 'next', 'name'] as const;

/** The filters and the order of an address, as far as they are some; the rest is left out. */
export function readSearch(search: Record<string, unknown>): SchedulesSearch {
  const found: SchedulesSearch = {};
  for (const name of filters) {
    // The router reads `?failing=true` as a boolean and `?dueWithin=60` as a number.
    const value = search[name];
    if ((typeof value === 'string' && value !== '') || typeof value === 'boolean' || typeof value === 'number') {
      found[name] = String(value);
    }
  }
  const sort = sorts.find((known) => known === search.sort);
  return sort ? { ...found, sort } : found;
}

export const filterNames = filters;
