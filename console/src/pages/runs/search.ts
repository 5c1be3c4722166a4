import type { RunListing } from '../../api/runs';
import { texts } from '../../texts';
import { readInstant } from '../schedule/search';
import { textOf } from '../schedules/search';

/** What the list can be narrowed by; `within` is the last so many minutes, `from` and `to` are instants. */
export type RunFilters = Omit<RunListing, 'cursor' | 'limit' | 'reaching'> & { within?: string | undefined };

export type RunsSearch = RunFilters;

type Read = (value: unknown) => string | undefined;

const some = (words: readonly string[]): Read => (value) => {
  const text = textOf(value);
  return text?.split(',').every((word) => words.includes(word)) ? text : undefined;
};
const matching = (shape: RegExp): Read => (value) => {
  const text = textOf(value);
  return text && shape.test(text) ? text : undefined;
};
const id = matching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i);

const open = ['running', 'queued'];

/** The states that a run can be in. */
export const states = [...open, 'succeeded', 'failed', 'skipped', 'missed', 'abandoned'];
export const triggers = ['schedule', 'run-now', 'rerun', 'backfill'];

/** The filters, each with how it is read from an address. */
const filters: Record<keyof RunFilters, Read> = {
  state: some(states),
  reason: some(Object.keys(texts.parts.reasons)),
  trigger: some(triggers),
  installId: id,
  scheduleId: id,
  versionId: id,
  within: matching(/^[1-9]\d{0,6}$/),
  from: readInstant,
  to: readInstant,
};

// Only a tenant's runs can be found by these.
const ofTenant: ReadonlyArray<keyof RunFilters> = ['installId', 'scheduleId'];

/** Every key is answered, for the router keeps what stands in the address of one that is not. */
export const readSearch = (search: Record<string, unknown>): RunsSearch =>
  Object.fromEntries(Object.entries(filters).map(([name, read]) => [name, read(search[name])]));

/** The filters that are set and that there are, of a tenant or of all. */
export const filtersOf = (search: RunsSearch, ofAll: boolean): RunFilters =>
  Object.fromEntries(
    Object.entries(search).filter(([name, value]) => name in filters && value !== undefined && !(ofAll && ofTenant.includes(name as keyof RunFilters))),
  );

/** Whether only what runs or waits is looked for: that is all read, and what runs the longest is the first question. */
export const isOpen = ({ state }: RunFilters): boolean => state !== undefined && state.split(',').every((one) => open.includes(one));

/** The states among those looked for that have ended; undefined for all. */
export const endedOf = ({ state }: RunFilters): string | undefined => state?.split(',').filter((one) => !open.includes(one)).join(',');
