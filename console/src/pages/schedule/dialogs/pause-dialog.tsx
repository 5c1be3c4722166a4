import { useQueryClient } from '@tanstack/react-query';
import { pauseSchedule, resumeSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import { PauseForm } from '../../../parts/dialog/pause-form';
import { say } from '../../../parts/feedback/toasts';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.pause;

/** Pauses a schedule, and offers to take that back. */
export function PauseDialog({ at, name, onClose }: { at: ScheduleAt; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey }), client.invalidateQueries({ queryKey: ['schedules'] })]);
  return (
    <PauseForm
      title={words.title(name)}
      onClose={onClose}
      onPause={async (wish) => {
        const { runsUnderWay } = await pauseSchedule(at, wish);
        say(runsUnderWay > 0 ? words.doneWithRuns : words.done, async () => {
          await resumeSchedule(at);
          await refresh();
        });
        await refresh();
      }}
    />
  );
}
