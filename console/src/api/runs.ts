import { queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import { isAll } from '../app/scope-name';
import { answer, api } from './client';
import { keepLog } from './keep-log';
import type { Page, Run } from './types';

export type RunListing = {
  state?: string | undefined;
  reason?: string | undefined;
  trigger?: string | undefined;
  versionId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  installId?: string | undefined;
  scheduleId?: string | undefined;
  /** Of rows that stand for several occurrences: those that stand under one outside `from` and `to` while others were due in it. */
  reaching?: 'true' | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

export type ScheduleAt = { tenant: string; installId: string; scheduleId: string };

/** Runs of one schedule, the latest first. */
export const listRunsOf = (at: ScheduleAt, query: RunListing, signal?: AbortSignal): Promise<Page<Run>> =>
  answer(api.GET('/api/v1/tenants/{tenant}/installs/{installId}/schedules/{scheduleId}/runs', {
    params: { path: at, query: query as Record<string, never> },
    signal: signal ?? null,
  }));

/** Runs of a tenant, the latest first. */
export const listRuns = (tenant: string, query: RunListing, signal?: AbortSignal): Promise<Page<Run>> =>
  answer(api.GET('/api/v1/tenants/{tenant}/runs', { params: { path: { tenant }, query: query as Record<string, never> }, signal: signal ?? null }));

/** Runs of all tenants that have ended, and what never started, the latest written first. */
export const listEndedRuns = (query: RunListing, signal?: AbortSignal): Promise<Page<Run>> =>
  answer(api.GET('/api/v1/ended-runs', { params: { query: query as Record<string, never> }, signal: signal ?? null }));

/** Runs of all tenants that run or wait, the latest opened first. */
export const listOpenRuns = (query: Pick<RunListing, 'cursor' | 'limit'>, signal?: AbortSignal): Promise<Page<Run>> =>
  answer(api.GET('/api/v1/open-runs', { params: { query: query as Record<string, never> }, signal: signal ?? null }));

/** One run, of a tenant or of whichever, with what it wrote so far. */
export const runQuery = (scope: string, runId: string) =>
  queryOptions({
    queryKey: ['run', runId],
    queryFn: () =>
      isAll(scope)
        ? answer(api.GET('/api/v1/runs/{runId}', { params: { path: { runId } } }))
        : answer(api.GET('/api/v1/tenants/{tenant}/runs/{runId}', { params: { path: { tenant: scope, runId } } })),
    structuralSharing: (before, after) => replaceEqualDeep(before, keepLog(before as Run | undefined, after as Run)),
    meta: { live: { on: ['run'] as const, tenant: scope, runId, every: 300 } },
  });
