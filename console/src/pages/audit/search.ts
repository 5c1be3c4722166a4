import type { Audit } from '../../api/types';

/** What of the audit stands in the address. The server filters by install; the rest is looked for in what was read. */
export type AuditSearch = {
  q?: string;
  installId?: string;
  actor?: string;
  action?: string;
  outcome?: string;
  changed?: string;
  follow?: string;
  entry?: string;
};

const known = ['q', 'installId', 'actor', 'action', 'outcome', 'changed', 'follow', 'entry'] as const;

export function readSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {};
  for (const name of known) {
    const value = search[name];
    if ((typeof value === 'string' && value !== '') || typeof value === 'boolean' || typeof value === 'number') {
      found[name] = String(value);
    }
  }
  return found;
}

/** The kind of thing that an action is done to: `schedule` of `schedule.pause`. */
export const thingOf = (action: string) => action.split('.')[0] ?? action;

/** Whether somebody looks for less than the server gives: then entries are read on until some are found. */
export const isNarrow = ({ q, actor, action, outcome, changed }: AuditSearch) => Boolean(q ?? actor ?? action ?? outcome ?? changed);

/** Whether an entry is what is looked for. */
export function matches(entry: Audit, { q, actor, action, outcome, changed }: AuditSearch): boolean {
  return (
    (!actor || entry.actor.kind === actor) &&
    (!action || thingOf(entry.action) === action || entry.action === action) &&
    (!outcome || entry.outcome === outcome) &&
    (changed !== 'true' || (entry.changes?.length ?? 0) > 0) &&
    (!q || textOf(entry).includes(q.toLowerCase()))
  );
}

const textOf = ({ id, actor, action, target, installId, detail, changes }: Audit) =>
  [id, actor.id, action, target, installId, detail, ...(changes ?? []).map(({ field, before, after }) => `${field} ${plain(before)} ${plain(after)}`)]
    .join('\n')
    .toLowerCase();

const plain = (value: unknown) => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));

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
