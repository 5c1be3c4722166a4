import { queryOptions } from '@tanstack/react-query';
import { now, realMs } from '../app/clock';
import { beginOfYesterday, endOfToday } from '../app/days';
import { isAll } from '../app/scope-name';
import { listAudit } from './audit-log';
import { answer, api } from './client';
import { untilOneEnds } from './pauses';
import { listEndedRuns, listOpenRuns, listRuns } from './runs';
import { listSchedules } from './schedules';
import type { Forecast, Lateness, NotRun } from './types';

const tenantOf = (scope: string) => (isAll(scope) ? undefined : scope);

const minute = 60_000;

/** Occurrences of the next hour by minute. The hour is no part of the key: what was read of the one before stays until the next was read. */
export const forecastQuery = (scope: string) =>
  queryOptions({
    queryKey: ['forecast', scope, 'next-hour'],
    queryFn: (): Promise<Forecast> => {
      const to = new Date(Math.ceil(now() / minute) * minute + 60 * minute).toISOString();
      return isAll(scope)
        ? answer(api.GET('/api/v1/forecast', { params: { query: { by: 'minute', to } } }))
        : answer(api.GET('/api/v1/tenants/{tenant}/forecast', { params: { path: { tenant: scope }, query: { by: 'minute', to } } }));
    },
    refetchInterval: minute,
    meta: { live: { on: ['schedule'] as const, tenant: tenantOf(scope), every: 30_000 } },
  });

/**
 * What a tenant, or all, should have run since yesterday began and did not, or did in vain, by cause, so that an outage of the night before the last is in it.
 * At midnight what was read stays until it was read again.
 */
export const notRunQuery = (scope: string) =>
  queryOptions({
    queryKey: ['not-run', scope],
    queryFn: (): Promise<NotRun> => {
      const query = { failed: 'true', from: beginOfYesterday(now()) } as const;
      return isAll(scope)
        ? answer(api.GET('/api/v1/why', { params: { query } }))
        : answer(api.GET('/api/v1/tenants/{tenant}/why', { params: { path: { tenant: scope }, query } }));
    },
    refetchInterval: () => realMs(Date.parse(endOfToday(now())) - now()) + 500,
    meta: { live: { on: ['run', 'schedule'] as const, tenant: tenantOf(scope), every: 10_000 } },
  });

export const failingQuery = (scope: string, limit: number) =>
  queryOptions({
    queryKey: ['schedules', scope, 'failing', limit],
    queryFn: () => listSchedules(scope, { failing: 'true', sort: 'failures', limit }),
    meta: { live: { on: ['run', 'schedule'] as const, tenant: tenantOf(scope), every: 3_000 } },
  });

/** The runs of a tenant, or of all, that failed last. */
export const failedRunsQuery = (scope: string) =>
  queryOptions({
    queryKey: ['runs', scope, 'failed'],
    queryFn: ({ signal }) =>
      isAll(scope) ? listEndedRuns({ state: 'failed', limit: 200 }, signal) : listRuns(scope, { state: 'failed', limit: 200 }, signal),
    meta: { live: { on: ['run'] as const, tenant: tenantOf(scope), every: 3_000 } },
  });

export const pausedQuery = (scope: string, limit: number) =>
  queryOptions({
    queryKey: ['schedules', scope, 'paused', limit],
    queryFn: () => listSchedules(scope, { paused: 'true', limit }),
    refetchInterval: ({ state }) => untilOneEnds(state.data?.items.flatMap(({ pauses }) => pauses ?? [])),
    meta: { live: { on: ['schedule'] as const, tenant: tenantOf(scope), every: 2_000 } },
  });

/** Schedules of a tenant, or of all, that a pause of their own holds. */
export const ownPausedQuery = (scope: string) =>
  queryOptions({
    queryKey: ['schedules', scope, 'own-paused'],
    queryFn: () => listSchedules(scope, { paused: 'schedule', limit: 200 }),
    refetchInterval: ({ state }) => untilOneEnds(state.data?.items.flatMap(({ pauses }) => pauses ?? [])),
    meta: { live: { on: ['schedule'] as const, tenant: tenantOf(scope), every: 3_000 } },
  });

/** Runs of a tenant, or of all, that are open. */
export const openRunsQuery = (scope: string) =>
  queryOptions({
    queryKey: ['runs', scope, 'open'],
    queryFn: () =>
      isAll(scope) ? listOpenRuns({ limit: 50 }) : listRuns(scope, { state: 'running,queued', limit: 50 }),
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
