import type { BulkTarget } from '../../api/bulk';
import type { BulkPreview } from '../../api/types';

/** What a change would do, of each tenant that it is about: each is begun by a token of its own. */
export type BulkShown = {
  schedules: number;
  changes: number;
  /** Of a resume: how much of what came due meanwhile would run, and would not. */
  runs: number;
  skipped: number;
  first: BulkPreview['first'];
  leftOut: BulkPreview['leftOut'];
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
    first: previews.flatMap(({ preview }) => preview.first),
    leftOut: previews.flatMap(({ preview }) => preview.leftOut),
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
