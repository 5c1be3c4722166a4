import { texts } from '../texts';
import { answer, api } from './client';
import { Refused } from './problem';
import type { ScheduleAt } from './runs';
import type { ListedSchedule, Pause, Schedule } from './types';

export const readSchedule = (at: ScheduleAt): Promise<Schedule> =>
  answer(api.GET('/api/v1/tenants/{tenant}/installs/{installId}/schedules/{scheduleId}', { params: { path: at } }));

export const ownPause = ({ pauses }: Pick<Schedule, 'pauses'>): Pause | undefined => pauses?.find((pause) => pause.layer === 'schedule');

/** The etag of what a list showed. Lists have none, so it is read; it goes for what was seen only where that is still the same. */
export function etagOf(seen: Pick<ListedSchedule, 'revision' | 'pauses'>, current: Schedule): string {
  if (current.revision !== seen.revision || ownPause(current)?.since !== ownPause(seen)?.since) {
    throw new Refused(412, { type: 'urn:escapement:problem:changed-meanwhile', title: texts.errors.changedMeanwhile });
  }
  return current.etag;
}

export type Layer = { pause?: Pause | null | undefined; etag: string };

/**
 * How to end a pause that was just made, and no other one: undefined where another stands there by now, or where it cannot be read. The pause was made
 * all the same, and can be ended on its page.
 */
export async function endOf(made: Pause, read: () => Promise<Layer>, end: (etag: string) => Promise<unknown>): Promise<(() => Promise<unknown>) | undefined> {
  try {
    const { pause, etag } = await read();
    // A store keeps an instant less finely than the answer to its making may have it.
    return pause && Date.parse(pause.since) === Date.parse(made.since) && pause.by === made.by ? () => end(etag) : undefined;
  } catch {
    return undefined;
  }
}
