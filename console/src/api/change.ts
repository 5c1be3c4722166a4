import { answer, api, ifMatch, once } from './client';
import type { ScheduleAt } from './runs';
import { endOf, ownPause, readSchedule } from './seen';
import type { Pause, Schedule } from './types';

const root = '/api/v1/tenants/{tenant}/installs/{installId}/schedules/{scheduleId}' as const;

export type Patch = { cron?: string; timezone?: string; enabled?: boolean; name?: string; payload?: string; policy?: Record<string, unknown> };

/** Makes a schedule of an install. */
export const createSchedule = (
  { tenant, installId }: Pick<ScheduleAt, 'tenant' | 'installId'>,
  body: { endpoint: string; name: string | null; cron: string; timezone: string; payload: string | null },
): Promise<Schedule> =>
  answer(api.POST('/api/v1/tenants/{tenant}/installs/{installId}/schedules', { params: { path: { tenant, installId }, header: once() }, body }));

/** Changes a schedule if it is still what was seen. */
export const patchSchedule = (at: ScheduleAt, change: Patch, etag: string): Promise<Schedule> =>
  answer(api.PATCH(root, { params: { path: at, header: ifMatch(etag) }, body: change as never }));

export const deleteSchedule = (at: ScheduleAt, etag: string) =>
  answer(api.DELETE(root, { params: { path: at, header: ifMatch(etag) } }));

export const restoreSchedule = ({ tenant, installId, scheduleId }: ScheduleAt) =>
  answer(
    api.POST('/api/v1/tenants/{tenant}/installs/{installId}/deleted-schedules/{scheduleId}/restore', {
      params: { path: { tenant, installId, scheduleId }, header: once() },
      body: {},
    }),
  );

export type PauseWish = { note: string; until?: string | undefined; onEnd?: string | undefined };

export const pauseSchedule = (at: ScheduleAt, wish: PauseWish, etag: string) =>
  answer(api.POST(`${root}/pause`, { params: { path: at, header: { ...once(), ...ifMatch(etag) } }, body: wish }));

/** Ends a schedule's own pause, as the pause says. */
export const resumeSchedule = (at: ScheduleAt, etag: string) => answer(api.POST(`${root}/resume`, { params: { path: at, header: ifMatch(etag) } }));

/** What ending a schedule's pause would do now. */
export const previewResume = (at: ScheduleAt, onEnd?: string) =>
  answer(api.POST(`${root}/resume/preview`, { params: { path: at, query: onEnd ? { onEnd } : {} } }));

/** Ends it exactly as the preview showed. */
export const resumeAsShown = (at: ScheduleAt, previewToken: string, etag: string) =>
  answer(api.POST(`${root}/resume`, { params: { path: at, header: ifMatch(etag) }, body: { previewToken } }));

/** How to end a pause of a schedule that was just made. */
export const endOfSchedulePause = (at: ScheduleAt, made: Pause) =>
  endOf(
    made,
    async () => {
      const schedule = await readSchedule(at);
      return { pause: ownPause(schedule), etag: schedule.etag };
    },
    (etag) => resumeSchedule(at, etag),
  );
