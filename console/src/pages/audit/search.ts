import type { AuditFilters } from '../../api/audit-log';
import type { Audit } from '../../api/types';
import { texts } from '../../texts';
import { textOf } from '../schedules/search';

/** What of the audit stands in the address: the server's filters, whether new entries are followed, and the entry that is shown. */
export type AuditSearch = AuditFilters & { follow?: string | undefined; entry?: string | undefined };

const known = ['q', 'installId', 'actorKind', 'action', 'outcome', 'changed', 'target', 'of', 'follow', 'entry'] as const;

/** What the server takes where it does not take any text; several with commas between them. */
const closed: Partial<Record<string, readonly string[]>> = {
  actorKind: Object.keys(texts.audit.kinds),
  outcome: Object.keys(texts.audit.outcomes),
  changed: ['true', 'false'],
};

/** Every key is answered, for the router keeps what stands in the address of one that is not. */
export function readSearch(search: Record<string, unknown>): AuditSearch {
  const read = known.map((name) => {
    const text = textOf(search[name]);
    const words = closed[name];
    return [name, text !== undefined && (words ? text.split(',').every((word) => words.includes(word)) : true) ? text : undefined];
  });
  return Object.fromEntries(read);
}

/** The filters among what stands in the address. */
export const filtersOf = (search: AuditSearch): AuditFilters =>
  Object.fromEntries(known.filter((name) => name !== 'follow' && name !== 'entry').map((name) => [name, search[name]]));

/** The kind of thing that an action is done to: `schedule` of `schedule.pause`. */
export const thingOf = (action: string) => action.split('.')[0] ?? action;

/** Whether somebody looks for less than there is. */
export const isNarrow = (search: AuditSearch) => Object.values(filtersOf(search)).some((value) => value !== undefined);

/**
 * What was read newly, before what was there; an entry that stands in both is taken as it is now, since one that stands for several still counts them.
 * Undefined when there is a gap between the two: then everything is to be read again.
 */
export function withNewest(newest: readonly Audit[], rows: readonly Audit[]): readonly Audit[] | undefined {
  if (newest.length === 0 || rows.length === 0) {
    return rows.length === 0 ? newest : rows;
  }
  const fresh = new Map(newest.map((entry) => [entry.id, entry]));
  if (!rows.some(({ id }) => fresh.has(id))) {
    return undefined;
  }
  const old = new Set(rows.map(({ id }) => id));
  return [...newest.filter(({ id }) => !old.has(id)), ...rows.map((entry) => fresh.get(entry.id) ?? entry)];
}
