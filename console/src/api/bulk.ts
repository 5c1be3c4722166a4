import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { answer, api, once } from './client';
import type { ScheduleFilters } from './schedules';
import type { Bulk, BulkPreview, LeftOut, Page } from './types';

export type BulkName = 'pause' | 'resume' | 'enable' | 'disable' | 'set-policy' | 'delete';

/** What is to be done. */
export type BulkAction = {
  action: BulkName;
  note?: string;
  until?: string | undefined;
  onEnd?: string | undefined;
  policy?: Record<string, unknown> | undefined;
};

/** Which schedules of a tenant: those that the filters find, and of those, where ids are given, only these. */
export type BulkTarget = { tenant: string; filters: ScheduleFilters; ids?: readonly string[] };

/** What a change of many schedules would do. */
export const previewBulk = ({ tenant, filters, ids }: BulkTarget, action: BulkAction, signal: AbortSignal): Promise<BulkPreview> =>
  answer(
    api.POST('/api/v1/tenants/{tenant}/schedules/bulk/preview', {
      params: { path: { tenant }, query: filters as Record<string, never> },
      body: { ...action, ...(ids ? { ids: [...ids] } : {}) } as never,
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

/** Ends a change of many that goes on: what was done by then stays. */
export const cancelBulk = (tenant: string, bulkId: string): Promise<Bulk> =>
  answer(api.POST('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}/cancel', { params: { path: { tenant, bulkId } } }));

const every = 1_000;

/** How far a change of many is; asked every second for as long as it goes on. */
export const bulkQuery = (tenant: string, bulkId: string) =>
  queryOptions({
    queryKey: ['bulk', tenant, bulkId],
    queryFn: ({ signal }): Promise<Bulk> =>
      answer(api.GET('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}', { params: { path: { tenant, bulkId } }, signal })),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : every),
  });

/** Ends once a change of many has, or can be read no more. */
export async function whenEnded(client: QueryClient, tenant: string, bulkId: string): Promise<void> {
  while ((await client.fetchQuery({ ...bulkQuery(tenant, bulkId), staleTime: 0 })).state === 'running') {
    await new Promise((go) => setTimeout(go, every));
  }
}

/** The tenant's last change of many: what goes on is shown to whoever looks, also if a colleague began it. */
export const lastBulkQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['bulk', tenant, 'last'],
    queryFn: async ({ signal }): Promise<Bulk | null> =>
      (await answer(api.GET('/api/v1/tenants/{tenant}/bulk-changes', { params: { path: { tenant }, query: { limit: '1' } }, signal }))).items[0] ?? null,
    refetchInterval: 10_000,
  });

/** What a change of many left out, so far. */
export const listLeftOut = (tenant: string, bulkId: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<LeftOut>> =>
  answer(
    api.GET('/api/v1/tenants/{tenant}/bulk-changes/{bulkId}/left-out', {
      params: { path: { tenant, bulkId }, query: { limit: '200', ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
