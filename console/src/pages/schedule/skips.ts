import type { ScheduleAt } from '../../api/runs';
import { skip, takeSkipBack } from '../../api/schedule';
import type { Schedule } from '../../api/types';
import { now } from '../../app/clock';
import { formatTime } from '../../parts/time/format';
import { texts } from '../../texts';

export const skipOf = (schedule: Pick<Schedule, 'skips'>, at: string) =>
  schedule.skips?.find((one) => Date.parse(one.at) === Date.parse(at) && !one.voidedAt);

/** Takes the skip of an occurrence back: the schedule then, what is said of it in a zone, and how it is skipped again with the note that it had. */
export async function unskip(at: ScheduleAt, schedule: Pick<Schedule, 'skips'>, occurrence: string, zone: string) {
  const note = skipOf(schedule, occurrence)?.note;
  const changed = await takeSkipBack(at, occurrence);
  return {
    changed,
    said: texts.schedule.next.sayBack(formatTime(occurrence, zone, 'minute', now())),
    back: note === undefined ? undefined : () => skip(at, occurrence, note),
  };
}
