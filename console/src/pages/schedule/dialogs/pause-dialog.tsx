import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { pauseSchedule, resumeSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import { now } from '../../../app/clock';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Choice } from '../../../parts/form/choice';
import { Field } from '../../../parts/form/field';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.pause;
const options = (of: Record<string, string>) => Object.entries(of).map(([value, text]) => ({ value, text }));

/** Pauses with a note, until a time if it is to end by itself. */
export function PauseDialog({ at, name, onClose }: { at: ScheduleAt; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [minutes, setMinutes] = useState('none');
  const [onEnd, setOnEnd] = useState('next');
  const refresh = () => client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
  async function submit(): Promise<void> {
    const until = minutes === 'none' ? undefined : new Date(now() + Number(minutes) * 60_000).toISOString();
    const { runsUnderWay } = await pauseSchedule(at, { note: note.trim(), until, onEnd });
    say(runsUnderWay > 0 ? `${words.done} ${words.underWay}` : words.done, async () => {
      await resumeSchedule(at);
      await refresh();
    });
    await refresh();
  }
  return (
    <FormDialog title={words.title(name)} submit={words.submit} ready={note.trim() !== ''} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <Field label={words.note} hint={words.noteHint} value={note} onChange={setNote} maxLength={512} error={errors.note} isRequired autoFocus />
          <Choice label={words.until} value={minutes} options={options(words.durations)} onChange={setMinutes} />
          <Choice label={words.onEnd} value={onEnd} options={options(words.ends)} onChange={setOnEnd} />
        </>
      )}
    </FormDialog>
  );
}
