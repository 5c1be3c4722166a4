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

/** Takes a change of many back as one, if it has ended. */
export async function undoBulk(tenant: string, bulkId: string): Promise<Bulk> {
  const path = { tenant, bulkId };
  const preview = await answer(api.POST('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}/undo/preview', { params: { path } }));
  return answer(api.POST('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}/undo', { params: { path, header: once() }, body: { previewToken: preview.token } }));
}

export const readBulk = (tenant: string, bulkId: string): Promise<Bulk> =>
  answer(api.GET('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}', { params: { path: { tenant, bulkId } } }));
