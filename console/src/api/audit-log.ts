import { isAll } from '../app/scope-name';
import { answer, api, once } from './client';
import type { Audit, Page } from './types';

export type AuditListing = { installId?: string | undefined; cursor?: string | undefined; limit?: number };

/** The audit of a tenant; in the scope of all tenants that of the host, which belongs to none. */
export async function listAudit(scope: string, { installId, cursor, limit = 100 }: AuditListing, signal?: AbortSignal): Promise<Page<Audit>> {
  const pages = { ...(cursor ? { cursor } : {}), limit: String(limit) };
  return isAll(scope)
    ? answer(api.GET('/api/v1/audit', { params: { query: pages }, signal: signal ?? null }))
    : answer(
        api.GET('/api/v1/tenants/{tenant}/audit', {
          params: { path: { tenant: scope }, query: { ...pages, ...(installId ? { installId } : {}) } },
          signal: signal ?? null,
        }),
      );
}

/** What taking a change back would do; `name` is what a schedule is called then, if its name is taken meanwhile. */
export const previewUndoIn = (scope: string, auditId: string, name: string | undefined, signal: AbortSignal) => {
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
