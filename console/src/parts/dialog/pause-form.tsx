import type { QueryKey } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { leavesOpen } from '../../api/problem';
import { now } from '../../app/clock';
import { texts } from '../../texts';
import { Choice } from '../form/choice';
import { NoteField } from '../form/note-field';
import { ownZone } from '../time/format';
import { FormDialog } from './form-dialog';
import { KeptBack, type CountToCome } from './kept-back';
import { noEnd, untilOf } from './pause-end';
import { PauseEndFields } from './pause-end-fields';

const words = texts.schedule.dialogs.pause;

export type PauseWish = { note: string; until?: string | undefined; onEnd: string };

type Props = {
  title: string;
  /** What is paused. */
  of: QueryKey;
  /** That of the schedule; of more than one thing it is the reader’s own. */
  zone?: string | undefined;
  count: CountToCome;
  onPause: (wish: PauseWish) => Promise<unknown>;
  onClose: () => void;
};

/** Asks why, until when, and what becomes of what comes due meanwhile; how much that would be is shown first. */
export function PauseForm({ title, of, zone, count, onPause, onClose }: Props) {
  const clocks = zone ?? ownZone();
  const [note, setNote] = useState('');
  const [end, setEnd] = useState(() => noEnd(now(), clocks));
  const [onEnd, setOnEnd] = useState('next');
  const sent = useRef<{ end: typeof end; until: string | undefined }>(undefined);
  async function pause(): Promise<void> {
    // Sent again after no answer it is the same request, and that has the same end.
    const same = sent.current?.end === end ? sent.current : undefined;
    const { until } = (sent.current = same ?? { end, until: untilOf(end, clocks, now()).until });
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
    <FormDialog title={title} submit={words.submit} onSubmit={pause} onClose={onClose}>
      <NoteField words={words} value={note} onChange={setNote} />
      <PauseEndFields end={end} onChange={setEnd} zone={zone} />
      <Choice label={words.onEnd} value={onEnd} options={words.ends} onChange={setOnEnd} name="onEnd" />
      <KeptBack of={of} end={end} zone={clocks} count={count} />
    </FormDialog>
  );
}
