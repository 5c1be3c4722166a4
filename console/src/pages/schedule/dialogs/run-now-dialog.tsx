import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScheduleAt } from '../../../api/runs';
import { runNow } from '../../../api/schedule';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { HoldUp, saidOf } from '../../../parts/dialog/hold-up';
import { useHoldUp } from '../../../parts/dialog/use-hold-up';
import { say } from '../../../parts/feedback/toasts';
import { Field } from '../../../parts/form/field';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.runNow;

export function RunNowDialog({ at, name, onClose }: { at: ScheduleAt; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const held = useHoldUp(at.tenant);
  const [note, setNote] = useState('');
  async function submit(): Promise<void> {
    await runNow(at, note.trim());
    say(saidOf(held));
    void client.invalidateQueries({ queryKey: ['runs', at.scheduleId] });
  }
  return (
    <FormDialog title={words.title(name)} submit={words.submit} onSubmit={submit} onClose={onClose}>
      <p>{words.text}</p>
      <HoldUp of={held} />
      <Field label={words.note} hint={words.noteHint} value={note} onChange={setNote} maxLength={512} name="note" autoFocus />
    </FormDialog>
  );
}
