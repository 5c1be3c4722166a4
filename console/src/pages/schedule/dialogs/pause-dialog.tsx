import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { withReading } from '../../../api/audit';
import { endOfSchedulePause, pauseSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import { etagOf, readSchedule } from '../../../api/seen';
import { countToCome } from '../../../api/to-come';
import type { Schedule } from '../../../api/types';
import { PauseForm } from '../../../parts/dialog/pause-form';
import { say } from '../../../parts/feedback/toasts';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.pause;

type Props = { at: ScheduleAt; name: string; seen: Pick<Schedule, 'revision' | 'pauses' | 'timezone'>; onClose: () => void };

/** Pauses a schedule that is as it was seen, and offers to take that back. */
export function PauseDialog({ at, name, seen, onClose }: Props) {
  const [opened] = useState(seen);
  // Of what was seen, however often it is sent: one that was carried out without an answer is answered then.
  const etag = useRef<string>(undefined);
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey }), client.invalidateQueries({ queryKey: ['schedules'] })]);
  return (
    <PauseForm
      title={words.title(name)}
      of={['schedule', at.scheduleId]}
      zone={opened.timezone}
      count={(until, signal) => countToCome(at, signal, until)}
      onClose={onClose}
      onPause={async (wish) => {
        etag.current ??= etagOf(opened, await readSchedule(at));
        const { pause, runsUnderWay } = await pauseSchedule(at, wish, etag.current);
        const end = await endOfSchedulePause(at, pause);
        say(runsUnderWay > 0 ? words.doneWithRuns : words.done, withReading(end, refresh), at.scheduleId);
        await refresh();
      }}
    />
  );
}
