import { queryOptions } from '@tanstack/react-query';
import { isAll } from '../app/scope-name';
import { listAudit } from './audit-log';
import { answer, api } from './client';
import { untilOneEnds } from './pauses';
import { listOpenRuns, listRuns } from './runs';
import { listSchedules } from './schedules';
import type { Forecast, Lateness, NotRun } from './types';

const tenantOf = (scope: string) => (isAll(scope) ? undefined : scope);

/** Occurrences of the next hour by minute. */
export const forecastQuery = (scope: string, to: string) =>
  queryOptions({
    queryKey: ['forecast', scope, to],
    queryFn: (): Promise<Forecast> =>
      isAll(scope)
        ? answer(api.GET('/api/v1/forecast', { params: { query: { by: 'minute', to } } }))
        : answer(api.GET('/api/v1/tenants/{tenant}/forecast', { params: { path: { tenant: scope }, query: { by: 'minute', to } } })),
    meta: { live: { on: ['schedule'] as const, tenant: tenantOf(scope), every: 30_000 } },
  });

/** What a tenant, or all, should have run since yesterday and did not, or did in vain, by cause. */
export const notRunQuery = (scope: string) =>
  queryOptions({
    queryKey: ['not-run', scope],
    queryFn: (): Promise<NotRun> =>
      isAll(scope)
        ? answer(api.GET('/api/v1/why', { params: { query: { failed: 'true' } } }))
        : answer(api.GET('/api/v1/tenants/{tenant}/why', { params: { path: { tenant: scope }, query: { failed: 'true' } } })),
    meta: { live: { on: ['run', 'schedule'] as const, tenant: tenantOf(scope), every: 10_000 } },
  });

export const failingQuery = (scope: string, limit: number) =>
  queryOptions({
    queryKey: ['schedules', scope, 'failing', limit],
    queryFn: () => listSchedules(scope, { failing: 'true', sort: 'failures', limit }),
    meta: { live: { on: ['run', 'schedule'] as const, tenant: tenantOf(scope), every: 3_000 } },
  });

export const pausedQuery = (scope: string, limit: number) =>
  queryOptions({
    queryKey: ['schedules', scope, 'paused', limit],
    queryFn: () => listSchedules(scope, { paused: 'true', limit }),
    refetchInterval: ({ state }) => untilOneEnds(state.data?.items.flatMap(({ pauses }) => pauses ?? [])),
    meta: { live: { on: ['schedule'] as const, tenant: tenantOf(scope), every: 2_000 } },
  });

/** Runs of a tenant, or of all, that are open. */
export const openRunsQuery = (scope: string) =>
  queryOptions({
    queryKey: ['runs', scope, 'open'],
    queryFn: () =>
      isAll(scope) ? listOpenRuns(50) : listRuns(scope, { state: 'running,queued', limit: 50 }),
    meta: { live: { on: ['run'] as const, tenant: tenantOf(scope), every: 500 } },
  });

/** How late occurrences of the last minutes started, and what is due and has not started. */
export const latenessQuery = (scope: string) =>
  queryOptions({
    queryKey: ['lateness', scope],
    queryFn: (): Promise<Lateness> =>
      isAll(scope) ? answer(api.GET('/api/v1/lateness')) : answer(api.GET('/api/v1/tenants/{tenant}/lateness', { params: { path: { tenant: scope } } })),
    refetchInterval: 10_000,
    meta: { live: { on: ['run'] as const, tenant: tenantOf(scope), every: 5_000 } },
  });

/** Pauses of a tenant as a whole, or of the host. */
export const layerQuery = (scope: string) =>
  queryOptions({
    queryKey: ['layer', scope],
    queryFn: () =>
      isAll(scope) ? answer(api.GET('/api/v1/pause')) : answer(api.GET('/api/v1/tenants/{tenant}/pause', { params: { path: { tenant: scope } } })),
    refetchInterval: ({ state }) => untilOneEnds([state.data?.pause]),
    meta: { live: { on: ['schedule'] as const, every: 2_000 } },
  });

export const auditQuery = (scope: string, limit: number) =>
  queryOptions({
    queryKey: ['audit', scope, 'latest', limit],
    queryFn: async ({ signal }) => (await listAudit(scope, { changed: 'true', outcome: 'done' }, { limit }, signal)).items,
    meta: { live: { on: ['schedule'] as const, tenant: tenantOf(scope), every: 5_000 } },
  });
