import { answer, api, once } from './client';
import type { Bulk, BulkPreview } from './types';
import type { ScheduleFilters } from './schedules';

export type BulkAction = { action: 'pause' | 'resume' | 'enable' | 'disable' | 'delete'; note?: string; until?: string };

/** What a change of all schedules that the filters find would do. */
export const previewBulk = (tenant: string, filters: ScheduleFilters, body: BulkAction, signal: AbortSignal): Promise<BulkPreview> =>
  answer(
    api.POST('/api/v1/tenants/{tenant}/schedules/bulk/preview', {
      params: { path: { tenant }, query: filters as Record<string, never> },
      body,
      signal,
    }),
  );

export const beginBulk = (tenant: string, previewToken: string): Promise<Bulk> =>
  answer(api.POST('/api/v1/tenants/{tenant}/schedules/bulk', { params: { path: { tenant }, header: once() }, body: { previewToken } }));

/** What taking a change of many back would do, if it has ended. */
export const previewUndoBulk = (tenant: string, bulkId: string, signal?: AbortSignal) =>
  answer(api.POST('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}/undo/preview', { params: { path: { tenant, bulkId } }, signal: signal ?? null }));

export const undoBulkAs = (tenant: string, bulkId: string, previewToken: string): Promise<Bulk> =>
  answer(
    api.POST('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}/undo', { params: { path: { tenant, bulkId }, header: once() }, body: { previewToken } }),
  );

/** Takes a change of many back as one, if it has ended. */
export const undoBulk = async (tenant: string, bulkId: string): Promise<Bulk> =>
  undoBulkAs(tenant, bulkId, (await previewUndoBulk(tenant, bulkId)).token);

export const readBulk = (tenant: string, bulkId: string): Promise<Bulk> =>
  answer(api.GET('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}', { params: { path: { tenant, bulkId } } }));
