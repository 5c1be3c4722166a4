import { answer, api, once } from './client';
import type { ScheduleAt } from './runs';
import type { Backfill } from './types';

const root = '/api/v1/tenants/{tenant}/installs/{installId}/schedules/{scheduleId}/backfill' as const;

export type BackfillWish = { from: string; to?: string | undefined; which: 'missing' | 'failed' | 'all' };

export const previewBackfill = (at: ScheduleAt, wish: BackfillWish, signal: AbortSignal) =>
  answer(api.POST(`${root}/preview`, { params: { path: at }, body: wish, signal }));

export const beginBackfill = (at: ScheduleAt, previewToken: string, note: string): Promise<Backfill> =>
  answer(api.POST(root, { params: { path: at, header: once() }, body: { previewToken, note: note || null } }));

export const endBackfill = (at: ScheduleAt) => answer(api.DELETE(root, { params: { path: at } }));
export const holdBackfill = (at: ScheduleAt) => answer(api.POST(`${root}/pause`, { params: { path: at } }));
export const letBackfillGoOn = (at: ScheduleAt) => answer(api.POST(`${root}/resume`, { params: { path: at } }));
