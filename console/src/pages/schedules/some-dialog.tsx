import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteSchedule, endOfSchedulePause, patchSchedule, pauseSchedule, restoreSchedule, resumeSchedule } from '../../api/change';
import type { ScheduleAt } from '../../api/runs';
import { etagOf, ownPause, readSchedule } from '../../api/seen';
import type { ListedSchedule } from '../../api/types';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { say } from '../../parts/feedback/toasts';
import { Field } from '../../parts/form/field';
import { texts } from '../../texts';
import type { BulkName } from './bulk-dialog';
import { nameOf } from './columns';
import styles from './schedules.module.css';

const words = texts.schedules.bulk;
const at = ({ tenant, installId, id }: ListedSchedule): ScheduleAt => ({ tenant, installId, scheduleId: id });

// Each with its exact inverse, where there is one. What resuming let run cannot be taken back.
type Back = () => Promise<unknown>;
const carryOut: Record<BulkName, (schedule: ScheduleAt, etag: string, note: string) => Promise<Back | undefined>> = {
  pause: async (schedule, etag, note) => endOfSchedulePause(schedule, (await pauseSchedule(schedule, { note }, etag)).pause),
  resume: async (schedule, etag) => {
    await resumeSchedule(schedule, etag);
    return undefined;
  },
  enable: (schedule, etag) => setEnabled(schedule, etag, true),
  disable: (schedule, etag) => setEnabled(schedule, etag, false),
  delete: async (schedule, etag) => {
    await deleteSchedule(schedule, etag);
    return () => restoreSchedule(schedule);
  },
};

async function setEnabled(schedule: ScheduleAt, etag: string, enabled: boolean): Promise<Back> {
  const changed = await patchSchedule(schedule, { enabled }, etag);
  return () => patchSchedule(schedule, { enabled: !enabled }, changed.etag);
}

// What would change nothing is left out, so that taking back does not touch what was so before.
const wouldChange: Record<BulkName, (schedule: ListedSchedule) => boolean> = {
  pause: (schedule) => !ownPause(schedule),
  resume: (schedule) => Boolean(ownPause(schedule)),
  enable: (schedule) => !schedule.enabled,
  disable: (schedule) => schedule.enabled,
  delete: () => true,
};

type Props = { action: BulkName; picked: readonly ListedSchedule[]; onDone: () => void; onClose: () => void };

/** A change of some schedules that were picked by hand, one after the other. */
export function SomeDialog({ action, picked, onDone, onClose }: Props) {
  const client = useQueryClient();
  // As they were when it opened: the rows go on with the data, and a colleague's change since then is refused. What is done is left out when it is sent again.
  const [schedules, setSchedules] = useState(picked);
  const [note, setNote] = useState('');
  const changing = schedules.filter(wouldChange[action]);
  const pausing = action === 'pause';
  async function commit(): Promise<void> {
    const backs: Back[] = [];
    const changed = new Set<ListedSchedule>();
    try {
      for (const schedule of changing) {
        const back = await carryOut[action](at(schedule), etagOf(schedule, await readSchedule(at(schedule))), note.trim());
        changed.add(schedule);
        if (back) {
          backs.push(back);
        }
      }
    } finally {
      if (changed.size > 0) {
        setSchedules(schedules.filter((schedule) => !changed.has(schedule)));
        say(
          words.done[action](changed.size),
          backs.length > 0
            ? async () => {
                for (const back of backs) {
                  await back();
                }
                await client.invalidateQueries({ queryKey: ['schedules'] });
              }
            : undefined,
          [...changed].map(({ id }) => id),
        );
      }
      await client.invalidateQueries({ queryKey: ['schedules'] });
    }
    onDone();
  }
  return (
    <FormDialog
      title={words.titles[action]}
      submit={words.commit[action](changing.length)}
      look={action === 'delete' ? 'danger' : 'main'}
      ready={changing.length > 0 && (!pausing || note.trim() !== '')}
      onSubmit={commit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          {pausing && (
            <Field
              label={words.note}
              hint={words.noteHint}
              value={note}
              onChange={setNote}
              maxLength={512}
              error={errors.note}
              autoFocus
              isRequired
            />
          )}
          <p>
            {words.finds(schedules.length, changing.length)} {action === 'resume' ? words.resumeNote : action === 'delete' ? words.deleteNote : ''}
          </p>
          <ul className={styles.list} tabIndex={0}>
            {changing.map((schedule) => (
              <li key={schedule.id}>
                <strong>{nameOf(schedule)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
    </FormDialog>
  );
}
