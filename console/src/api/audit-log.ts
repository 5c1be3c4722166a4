import { queryOptions } from '@tanstack/react-query';
import { hostMs } from '../app/clock';
import { allTenants, isAll } from '../app/scope-name';
import { answer, api, once } from './client';
import type { Audit, Page } from './types';

/** What the list takes; each is a filter of the server's. */
export type AuditFilters = {
  q?: string | undefined;
  installId?: string | undefined;
  actorKind?: string | undefined;
  action?: string | undefined;
  outcome?: string | undefined;
  changed?: string | undefined;
  target?: string | undefined;
  actor?: string | undefined;
  to?: string | undefined;
  from?: string | undefined;
  /** Of all tenants: `host` for what belongs to none. */
  of?: string | undefined;
};

type AuditPage = { cursor?: string | undefined; limit?: number };

/** The audit of a tenant; in the scope of all tenants everybody's, with what belongs to none. */
export async function listAudit(scope: string, { of, ...filters }: AuditFilters, page: AuditPage, signal?: AbortSignal): Promise<Page<Audit>> {
  const query = defined({ ...filters, cursor: page.cursor, limit: String(page.limit ?? 100) });
  return isAll(scope)
    ? answer(api.GET('/api/v1/audit', { params: { query: { ...query, ...(of === 'host' ? {} : { allTenants: 'true' }) } }, signal: signal ?? null }))
    : answer(api.GET('/api/v1/tenants/{tenant}/audit', { params: { path: { tenant: scope }, query }, signal: signal ?? null }));
}

const defined = <T extends Record<string, string | undefined>>(texts: T) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as { [K in keyof T]?: string };

/** What one caller did of the same kind within so many milliseconds of real time of an entry, over all tenants. */
export const doneAboutQuery = ({ id, at, actor, action }: Audit, within: number) =>
  queryOptions({
    queryKey: ['audit-about', id, within],
    queryFn: ({ signal }) => {
      const [from, to] = [-1, 1].map((way) => new Date(Date.parse(at) + way * hostMs(within)).toISOString());
      return listAudit(allTenants, { action, outcome: 'done', actorKind: actor.kind, actor: actor.id, from, to }, { limit: 200 }, signal);
    },
  });

const beginnings = 'tenant.bulk,tenant.bulk-undo';

/** How a change of many began, or its undo; nothing of one that is kept no more. */
export const beginningQuery = (tenant: string, bulkId: string) =>
  queryOptions({
    queryKey: ['audit-beginning', tenant, bulkId],
    queryFn: async ({ signal }) => {
      const { items } = await listAudit(tenant, { target: bulkId, action: beginnings, outcome: 'done' }, { limit: 1 }, signal);
      return items[0] ?? null;
    },
  });

/** One entry, of a tenant or of none. */
export const getAudit = (scope: string, auditId: string, signal: AbortSignal): Promise<Audit> =>
  answer(
    isAll(scope)
      ? api.GET('/api/v1/audit/{auditId}', { params: { path: { auditId } }, signal })
      : api.GET('/api/v1/tenants/{tenant}/audit/{auditId}', { params: { path: { tenant: scope, auditId } }, signal }),
  );

/** What taking a change back would do; `name` is what a schedule is called then, if its name is taken meanwhile. */
export const previewUndoIn = (scope: string, auditId: string, name: string | undefined, signal: AbortSignal | null = null) => {
  const body = name ? { name } : {};
  return answer(
    isAll(scope)
      ? api.POST('/api/v1/audit/{auditId}/undo/preview', { params: { path: { auditId } }, body, signal })
      : api.POST('/api/v1/tenants/{tenant}/audit/{auditId}/undo/preview', { params: { path: { tenant: scope, auditId } }, body, signal }),
  );
};

/** Takes it back exactly as the preview showed; answers the undo's own entry, which can be taken back in turn. */
export const undoIn = (scope: string, auditId: string, previewToken: string): Promise<Audit> =>
  answer(
    isAll(scope)
      ? api.POST('/api/v1/audit/{auditId}/undo', { params: { path: { auditId }, header: once() }, body: { previewToken } })
      : api.POST('/api/v1/tenants/{tenant}/audit/{auditId}/undo', {
          params: { path: { tenant: scope, auditId }, header: once() },
          body: { previewToken },
        }),
  );
