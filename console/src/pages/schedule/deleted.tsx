import { useQuery } from '@tanstack/react-query';
import { restoreSchedule } from '../../api/change';
import type { ScheduleAt } from '../../api/runs';
import { deletedQuery } from '../../api/schedule';
import { Removed } from '../../parts/feedback/removed';
import { texts } from '../../texts';

/** In place of a schedule that is not there. */
export function Deleted({ at, error }: { at: ScheduleAt; error: unknown }) {
  const { data, isPending } = useQuery(deletedQuery(at));
  const deleted = data?.find(({ schedule }) => schedule.id === at.scheduleId);
  const name = deleted ? deleted.schedule.name || deleted.schedule.endpoint : '';
  const done = texts.parts.removed.done(name);
  return (
    <Removed id={at.scheduleId} name={name} of={deleted} isPending={isPending} error={error} restore={() => restoreSchedule(at)} done={done} />
  );
}
