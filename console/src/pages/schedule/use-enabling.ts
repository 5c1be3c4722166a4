import { useQueryClient } from '@tanstack/react-query';
import { withReading } from '../../api/audit';
import { patchSchedule } from '../../api/change';
import type { ScheduleAt } from '../../api/runs';
import { refreshAll } from '../../app/refresh-all';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { texts } from '../../texts';

/** Enables a schedule that is as it was seen: what is said of that, and how it is taken back. */
export async function enableSchedule(at: ScheduleAt, name: string, etag: string): Promise<{ said: string; back: () => Promise<unknown> }> {
  const changed = await patchSchedule(at, { enabled: true }, etag);
  return { said: texts.schedule.dialogs.disable.enabled(name), back: () => patchSchedule(at, { enabled: false }, changed.etag) };
}

/** Enables a schedule that is as it was seen, and offers to take that back. */
export function useEnabling(at: ScheduleAt, name: string): (etag: string) => Promise<void> {
  const client = useQueryClient();
  return async (etag) => {
    try {
      const { said, back } = await enableSchedule(at, name, etag);
      say(said, withReading(back, () => refreshAll(client)), at.scheduleId);
      await refreshAll(client);
    } catch (error) {
      sayProblem(error);
    }
  };
}
