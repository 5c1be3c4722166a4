import { answer, api, once } from './client';
import type { ScheduleAt } from './runs';
import type { Backfill } from './types';

const root = '/api/v1/tenants/{tenant}/installs/{installId}/schedules/{scheduleId}/backfill' as const;

export type BackfillWish = { from: string; to?: string | undefined; which: 'missing' | 'failed' | 'all' };

export const previewBackfill = (at: ScheduleAt, wish: BackfillWish, signal?: AbortSignal) =>
  answer(api.POST(`${root}/preview`, { params: { path: at }, body: wish, signal: signal ?? null }));

export const beginBackfill = (at: ScheduleAt, previewToken: string, note: string): Promise<Backfill> =>
  answer(api.POST(root, { params: { path: at, header: once() }, body: { previewToken, note: note || null } }));

/** The one that is under way, if one is, and what became of the latest. */
export const readBackfill = (at: ScheduleAt, signal?: AbortSignal) => answer(api.GET(root, { params: { path: at }, signal: signal ?? null }));

export const endBackfill = (at: ScheduleAt) => answer(api.DELETE(root, { params: { path: at } }));
export const holdBackfill = (at: ScheduleAt) => answer(api.POST(`${root}/pause`, { params: { path: at } }));
export const letBackfillGoOn = (at: ScheduleAt) => answer(api.POST(`${root}/resume`, { params: { path: at } }));

/** Whether nothing of a backfill is left to stop. */
export const isAllBegun = (current: Awaited<ReturnType<typeof readBackfill>>, id: string) =>
  current.backfill?.id !== id || current.backfill.left === 0;

/** Stops what is left of a backfill, unless it has ended by itself; and what became of it, unless another one began since. */
export async function stopBackfill(at: ScheduleAt, id: string) {
  const { backfill } = await readBackfill(at);
  const stopped = backfill?.id === id;
  if (stopped) {
    await endBackfill(at);
  }
  const { last } = await readBackfill(at);
  return { stopped, last: last?.id === id ? last : undefined };
}
