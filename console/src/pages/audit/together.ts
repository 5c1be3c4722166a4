import type { Audit } from '../../api/types';
import { realMs } from '../../app/clock';

/** An entry of the list; one that stands for several tenants' has how many they are. */
export type Listed = Audit & { tenants?: number };

/** Within how many milliseconds of real time those are begun that are one to whoever began them, tenant by tenant. */
export const minute = 60_000;

/** The words of a change of many, without of how many schedules it is. */
export const wordsOf = ({ detail }: Audit) => detail?.replace(/ of \d+ schedules?/, '') ?? '';

/** Whether an entry is of a change of many, or of the undo of one. */
export const isOfMany = ({ action }: Pick<Audit, 'action'>) => action === 'tenant.bulk' || action === 'tenant.bulk-undo';

/** Of which change of many an entry is a part, and with what note, as its details say; undefined for any other. */
export function partOf({ detail }: Pick<Audit, 'detail'>): { id: string; note: string } | undefined {
  const [, id, note = ''] = /^with many, ([0-9a-f-]{36})(?:: (.*))?$/s.exec(detail ?? '') ?? [];
  return id === undefined ? undefined : { id, note };
}

/** Whether two entries are of changes of many that were begun together: by one caller, in the same words, within a minute. A tenant has its own of them. */
export const isTogether = (one: Audit, other: Audit): boolean =>
  isOfMany(one) &&
  one.action === other.action &&
  [one, other].every(({ outcome }) => outcome === 'done') &&
  one.actor.kind === other.actor.kind &&
  one.actor.id === other.actor.id &&
  wordsOf(one) === wordsOf(other) &&
  realMs(Math.abs(Date.parse(one.at) - Date.parse(other.at))) <= minute;

/** Those among some entries that were begun together with one, and itself: of each tenant the one next to it, by tenant. */
export function togetherWith(entry: Audit, among: readonly Audit[]): Audit[] {
  const apart = ({ at }: Audit) => Math.abs(Date.parse(at) - Date.parse(entry.at));
  const nearest = among.filter((one) => isTogether(entry, one)).sort((a, b) => apart(b) - apart(a));
  const byTenant = new Map(nearest.map((one) => [one.tenant, one]));
  return [...byTenant.set(entry.tenant, entry).values()].sort((a, b) => (a.tenant ?? '').localeCompare(b.tenant ?? ''));
}

/** Entries, those of changes that were begun together as one: the first of them stands for all, however much was written between them. */
export function folded(rows: readonly Audit[]): readonly Listed[] {
  const bulk = rows.filter(isOfMany);
  const under = new Set<string>();
  const tenants = new Map<string, number>();
  for (const one of bulk) {
    const group = under.has(one.id) ? [] : togetherWith(one, bulk.filter(({ id }) => !under.has(id)));
    if (group.length > 1) {
      tenants.set(one.id, group.length);
      group.filter(({ id }) => id !== one.id).forEach(({ id }) => under.add(id));
    }
  }
  return tenants.size === 0
    ? rows
    : rows.filter(({ id }) => !under.has(id)).map((row) => (tenants.has(row.id) ? { ...row, tenants: tenants.get(row.id) ?? 1 } : row));
}
