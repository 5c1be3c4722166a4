import { queryOptions } from '@tanstack/react-query';
import { answer, api, once } from './client';
import { untilOneEnds } from './pauses';
import type { ScheduleAt } from './runs';
import { listRunsOf } from './runs';
import type { Audit, Definition, Run, Schedule, SchedulePreview, Why } from './types';

const root = '/api/v1/tenants/{tenant}/installs/{installId}/schedules/{scheduleId}' as const;
const live = (at: ScheduleAt) => ({ live: { on: ['run', 'schedule'] as const, tenant: at.tenant, scheduleId: at.scheduleId } });

export const scheduleQuery = (at: ScheduleAt) =>
  queryOptions({
    queryKey: ['schedule', at.scheduleId],
    queryFn: (): Promise<Schedule> => answer(api.GET(root, { params: { path: at } })),
    refetchInterval: ({ state }) => untilOneEnds(state.data?.pauses),
    meta: live(at),
  });

/** What of an install was deleted and can be restored, the latest first. */
export const deletedQuery = ({ tenant, installId }: Pick<ScheduleAt, 'tenant' | 'installId'>) =>
  queryOptions({
    queryKey: ['deleted-schedules', installId],
    queryFn: async () =>
      (
        await answer(
          api.GET('/api/v1/tenants/{tenant}/installs/{installId}/deleted-schedules', {
            params: { path: { tenant, installId }, query: { limit: '200' } },
          }),
        )
      ).items,
    staleTime: 0,
    retry: false,
  });

/** An expression in the server's words, with its next ten times; of a schedule also what the change would add, lose and move. */
export const previewTimes = (
  at: Pick<ScheduleAt, 'tenant' | 'installId'>,
  body: { cron: string; timezone: string; scheduleId?: string; after?: string },
): Promise<SchedulePreview> =>
  answer(
    api.POST('/api/v1/tenants/{tenant}/installs/{installId}/schedules/preview', {
      params: { path: { tenant: at.tenant, installId: at.installId } },
      body,
    }),
  );

/** When it was due, as it was: edits, pauses, the time that it was disabled. */
export const definitionsQuery = (at: ScheduleAt) =>
  queryOptions({
    queryKey: ['definitions', at.scheduleId],
    queryFn: async (): Promise<Definition[]> =>
      (await answer(api.GET(`${root}/definitions`, { params: { path: at, query: { limit: '200' } } }))).items,
    meta: { live: { on: ['schedule'] as const, tenant: at.tenant, scheduleId: at.scheduleId, every: 5_000 } },
  });

const pageSize = 200;
const mostPages = 5;

/** What a schedule ran since a time, or up to another, as far back as a thousand runs reach; `complete` says whether that is all. */
export const historyQuery = (at: ScheduleAt, since: string, until?: string) =>
  queryOptions({
    queryKey: ['history', at.scheduleId, since, until],
    queryFn: async ({ signal }): Promise<{ runs: Run[]; complete: boolean }> => {
      const runs: Run[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const answered = await listRunsOf(at, { from: since, to: until, limit: pageSize, cursor }, signal);
        runs.push(...answered.items);
        cursor = answered.nextCursor ?? undefined;
        if (!cursor) {
          return { runs, complete: true };
        }
      }
      return { runs, complete: false };
    },
    meta: { live: { on: ['run'] as const, tenant: at.tenant, scheduleId: at.scheduleId, every: 3_000 } },
  });

export const whyQuery = (at: ScheduleAt, instant: string | undefined) =>
  queryOptions({
    queryKey: ['why', at.scheduleId, instant ?? 'latest'],
    queryFn: ({ signal }): Promise<Why> => answer(api.GET(`${root}/why`, { params: { path: at, query: instant ? { at: instant } : {} }, signal })),
    meta: { live: { on: ['run', 'schedule'] as const, tenant: at.tenant, scheduleId: at.scheduleId, every: 3_000 } },
  });

/** What was done to one schedule, the latest twenty first. */
export const changesQuery = (at: ScheduleAt) =>
  queryOptions({
    queryKey: ['changes', at.scheduleId],
    queryFn: async (): Promise<Audit[]> => {
      const query = { target: at.scheduleId, limit: '20' };
      return (await answer(api.GET('/api/v1/tenants/{tenant}/audit', { params: { path: { tenant: at.tenant }, query } }))).items;
    },
    meta: { live: { on: ['schedule'] as const, tenant: at.tenant, scheduleId: at.scheduleId, every: 2_000 } },
  });

export const runNow = (at: ScheduleAt, note: string): Promise<Run> =>
  answer(api.POST(`${root}/run-now`, { params: { path: at, header: once() }, body: { note: note || null } }));

export const skip = (at: ScheduleAt, occurrence: string, note: string): Promise<Schedule> =>
  answer(api.POST(`${root}/skips`, { params: { path: at, header: once() }, body: { at: occurrence, note } }));

export const takeSkipBack = (at: ScheduleAt, occurrence: string): Promise<Schedule> =>
  answer(api.DELETE(`${root}/skips/{at}`, { params: { path: { ...at, at: occurrence } } }));
