import { useRef, useState } from 'react';
import { leavesOpen } from '../../api/problem';
import { now } from '../../app/clock';
import { texts } from '../../texts';
import { Choice } from '../form/choice';
import { Field } from '../form/field';
import { FormDialog } from './form-dialog';

const words = texts.schedule.dialogs.pause;

export type PauseWish = { note: string; until?: string | undefined; onEnd: string };

/** Asks why, until when, and what becomes of what comes due meanwhile. */
export function PauseForm({ title, onPause, onClose }: { title: string; onPause: (wish: PauseWish) => Promise<unknown>; onClose: () => void }) {
  const [note, setNote] = useState('');
  const [minutes, setMinutes] = useState('none');
  const [onEnd, setOnEnd] = useState('next');
  const sent = useRef<{ minutes: string; until: string | undefined }>(undefined);
  async function pause(): Promise<void> {
    // Sent again after no answer it is the same request, and that has the same end.
    const same = sent.current?.minutes === minutes ? sent.current : undefined;
    const { until } = (sent.current = same ?? { minutes, until: minutes === 'none' ? undefined : new Date(now() + Number(minutes) * 60_000).toISOString() });
    try {
      await onPause({ note: note.trim(), until, onEnd });
    } catch (error) {
      if (!leavesOpen(error)) {
        sent.current = undefined;
      }
      throw error;
    }
  }
  return (
    <FormDialog title={title} submit={words.submit} ready={note.trim() !== ''} onSubmit={pause} onClose={onClose}>
      {(errors) => (
        <>
          <Field label={words.note} hint={words.noteHint} value={note} onChange={setNote} maxLength={512} error={errors.note} isRequired autoFocus />
          <Choice label={words.until} value={minutes} options={words.durations} onChange={setMinutes} />
          <Choice label={words.onEnd} value={onEnd} options={words.ends} onChange={setOnEnd} />
        </>
      )}
    </FormDialog>
  );
}
