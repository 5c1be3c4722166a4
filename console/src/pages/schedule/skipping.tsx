import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { occurrenceOf } from '../../api/audit';
import type { ScheduleAt } from '../../api/runs';
import { scheduleQuery, skip, takeSkipBack } from '../../api/schedule';
import type { Schedule } from '../../api/types';
import { now } from '../../app/clock';
import { Button } from '../../parts/button';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { NoteField } from '../../parts/form/note-field';
import { formatTime } from '../../parts/time/format';
import { texts } from '../../texts';
import { skipOf, unskip } from './skips';

const words = texts.schedule.next;

type Props = { at: ScheduleAt; schedule: Pick<Schedule, 'skips'>; occurrence: string; zone: string };

/** Skips an occurrence to come, or takes that back. `zone` is the one that its time is said in. */
export function Skipping({ at, schedule, occurrence, zone }: Props) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const text = formatTime(occurrence, zone, 'minute', now());
  const id = occurrenceOf(at.scheduleId, occurrence);
  const put = (changed: Schedule) => client.setQueryData(scheduleQuery(at).queryKey, changed);
  async function back(): Promise<void> {
    const { changed, said, back: again } = await unskip(at, schedule, occurrence, zone);
    put(changed);
    say(said, again && (async () => put(await again())), id);
  }
  if (skipOf(schedule, occurrence)) {
    return (
      <Button look="quiet" onPress={() => void back().catch(sayProblem)}>
        {words.back}
      </Button>
    );
  }
  return (
    <>
      <Button look="quiet" aria-label={words.skipNamed(text)} onPress={() => setOpen(true)}>
        {words.skip}
      </Button>
      {open && (
        <FormDialog
          title={words.skipTitle(text)}
          submit={words.skip}
          onClose={() => setOpen(false)}
          onSubmit={async () => {
            put(await skip(at, occurrence, note.trim()));
            say(words.saySkipped(text), async () => put(await takeSkipBack(at, occurrence)), id);
          }}
        >
          <NoteField words={words} value={note} onChange={setNote} />
        </FormDialog>
      )}
    </>
  );
}
