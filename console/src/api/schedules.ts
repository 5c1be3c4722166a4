import { isAll } from '../app/scope-name';
import { answer, api } from './client';
import type { ListedSchedule, Page } from './types';

export type ScheduleFilters = {
  q?: string | undefined;
  enabled?: string | undefined;
  paused?: string | undefined;
  failing?: string | undefined;
  extension?: string | undefined;
  endpoint?: string | undefined;
  cron?: string | undefined;
  timezone?: string | undefined;
  dueWithin?: string | undefined;
};

export type ScheduleListing = ScheduleFilters & {
  sort?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
  outcomes?: number | undefined;
};

/** Schedules of a tenant, or of all tenants. */
export async function listSchedules(scope: string, query: ScheduleListing, signal?: AbortSignal): Promise<Page<ListedSchedule>> {
  const asked = query as Record<string, never>;
  return isAll(scope)
    ? answer(api.GET('/api/v1/schedules', { params: { query: asked }, signal: signal ?? null }))
    : answer(api.GET('/api/v1/tenants/{tenant}/schedules', { params: { path: { tenant: scope }, query: asked }, signal: signal ?? null }));
}
