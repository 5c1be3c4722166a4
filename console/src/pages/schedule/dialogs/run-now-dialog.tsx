import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScheduleAt } from '../../../api/runs';
import { runNow } from '../../../api/schedule';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Field } from '../../../parts/form/field';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.runNow;

export function RunNowDialog({ at, name, onClose }: { at: ScheduleAt; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  async function submit(): Promise<void> {
    await runNow(at, note.trim());
    say(words.done);
    void client.invalidateQueries({ queryKey: ['runs', at.scheduleId] });
  }
  return (
    <FormDialog title={words.title(name)} submit={words.submit} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <p>{words.text}</p>
          <Field label={words.note} hint={words.noteHint} value={note} onChange={setNote} maxLength={512} error={errors.note} autoFocus />
        </>
      )}
    </FormDialog>
  );
}
