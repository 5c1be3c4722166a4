import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteSchedule, patchSchedule, pauseSchedule, restoreSchedule, resumeSchedule } from '../../api/change';
import type { ScheduleAt } from '../../api/runs';
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

const carryOut: Record<BulkName, (schedule: ScheduleAt, note: string) => Promise<unknown>> = {
  pause: (schedule, note) => pauseSchedule(schedule, { note }),
  resume: (schedule) => resumeSchedule(schedule),
  enable: (schedule) => patchSchedule(schedule, { enabled: true }),
  disable: (schedule) => patchSchedule(schedule, { enabled: false }),
  delete: (schedule) => deleteSchedule(schedule),
};

// The exact inverse, where there is one. What resuming let run cannot be taken back.
const takeBack: Partial<Record<BulkName, (schedule: ScheduleAt) => Promise<unknown>>> = {
  pause: (schedule) => resumeSchedule(schedule),
  enable: (schedule) => patchSchedule(schedule, { enabled: false }),
  disable: (schedule) => patchSchedule(schedule, { enabled: true }),
  delete: restoreSchedule,
};

// What would change nothing is left out, so that taking back does not touch what was so before.
const wouldChange: Record<BulkName, (schedule: ListedSchedule) => boolean> = {
  pause: (schedule) => !ownPause(schedule),
  resume: ownPause,
  enable: (schedule) => !schedule.enabled,
  disable: (schedule) => schedule.enabled,
  delete: () => true,
};

function ownPause(schedule: ListedSchedule): boolean {
  return schedule.pauses?.some((pause) => pause.layer === 'schedule') ?? false;
}

type Props = { action: BulkName; schedules: readonly ListedSchedule[]; onDone: () => void; onClose: () => void };

/** A change of some schedules that were picked by hand, one after the other. */
export function SomeDialog({ action, schedules, onDone, onClose }: Props) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const changing = schedules.filter(wouldChange[action]);
  const pausing = action === 'pause';
  async function commit(): Promise<void> {
    const changed: ScheduleAt[] = [];
    try {
      for (const schedule of changing) {
        await carryOut[action](at(schedule), note.trim());
        changed.push(at(schedule));
      }
    } finally {
      const back = takeBack[action];
      if (changed.length > 0) {
        say(
          words.done[action](changed.length),
          back &&
            (async () => {
              for (const schedule of changed) {
                await back(schedule);
              }
              await client.invalidateQueries({ queryKey: ['schedules'] });
            }),
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
