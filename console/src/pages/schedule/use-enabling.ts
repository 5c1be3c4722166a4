import { useQueryClient } from '@tanstack/react-query';
import { withReading } from '../../api/audit';
import { patchSchedule } from '../../api/change';
import type { ScheduleAt } from '../../api/runs';
import { refreshAll } from '../../app/refresh-all';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { texts } from '../../texts';

/** Enables a schedule that is as it was seen, and offers to take that back. */
export function useEnabling(at: ScheduleAt, name: string): (etag: string) => Promise<void> {
  const client = useQueryClient();
  return async (etag) => {
    try {
      const changed = await patchSchedule(at, { enabled: true }, etag);
      const back = () => patchSchedule(at, { enabled: false }, changed.etag);
      say(texts.schedule.dialogs.disable.enabled(name), withReading(back, () => refreshAll(client)), at.scheduleId);
      await refreshAll(client);
    } catch (error) {
      sayProblem(error);
    }
  };
}
