import type { BulkTarget } from '../../api/bulk';
import type { Bulk, BulkPreview } from '../../api/types';
import type { Followed } from './bulk-followed';

/** What a change would do, of each tenant that it is about: each is begun by a token of its own. */
export type BulkShown = {
  schedules: number;
  changes: number;
  /** Of a resume: how much of what came due meanwhile would run, and would not. */
  runs: number;
  skipped: number;
  first: ReadonlyArray<BulkPreview['first'][number] & { tenant: string }>;
  leftOut: ReadonlyArray<BulkPreview['leftOut'][number] & { tenant: string }>;
  begin: ReadonlyArray<{ tenant: string; token: string }>;
};

/** Several previews as one. */
export function shownOf(previews: ReadonlyArray<{ tenant: string; preview: BulkPreview }>): BulkShown {
  const sum = (of: (preview: BulkPreview) => number) => previews.reduce((total, { preview }) => total + of(preview), 0);
  return {
    schedules: sum(({ schedules }) => schedules),
    changes: sum(({ changes }) => changes),
    runs: sum(({ runs }) => runs ?? 0),
    skipped: sum(({ skipped }) => skipped ?? 0),
    first: previews.flatMap(({ tenant, preview }) => preview.first.map((schedule) => ({ ...schedule, tenant }))),
    leftOut: previews.flatMap(({ tenant, preview }) => preview.leftOut.map((left) => ({ ...left, tenant }))),
    begin: previews.filter(({ preview }) => preview.changes > 0).map(({ tenant, preview }) => ({ tenant, token: preview.token })),
  };
}

/** What was ticked by hand, tenant by tenant. */
export function targetsOf(ticked: ReadonlyArray<{ id: string; tenant: string }>): BulkTarget[] {
  const byTenant = new Map<string, string[]>();
  for (const { id, tenant } of ticked) {
    byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), id]);
  }
  return [...byTenant].map(([tenant, ids]) => ({ tenant, filters: {}, ids }));
}

/** Changes by what was begun together, in their order. */
export function groupsOf(followed: readonly Followed[]): Followed[][] {
  const groups = new Map<string, Followed[]>();
  for (const one of followed) {
    groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  }
  return [...groups.values()];
}

/** How far several changes are as one: it goes on for as long as one of them does. Undefined for none. */
export function addedUp(bulks: readonly Bulk[]): Bulk | undefined {
  const [first] = bulks;
  const sum = (of: (bulk: Bulk) => number) => bulks.reduce((total, bulk) => total + of(bulk), 0);
  const state = ['running', 'cancelled'].find((one) => bulks.some((bulk) => bulk.state === one)) ?? 'done';
  return first && { ...first, state, total: sum(({ total }) => total), done: sum(({ done }) => done), leftOut: sum(({ leftOut }) => leftOut) };
}

/** Who has taken some changes back, all of them, as the last change of each tenant says; somebody may have done so elsewhere. */
export const takenBackBy = (ids: readonly string[], lasts: ReadonlyArray<Pick<Bulk, 'undoes' | 'by'>>): string | undefined =>
  ids.every((id) => lasts.some(({ undoes }) => undoes === id)) ? lasts[0]?.by : undefined;
