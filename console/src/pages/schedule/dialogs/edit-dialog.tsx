import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { undoOf, withReading } from '../../../api/audit';
import { patchSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { useSession } from '../../../app/session';
import { say } from '../../../parts/feedback/toasts';
import { texts } from '../../../texts';
import { changedFields, picked, typedSchedule } from './changed';
import { DefinitionFields, useDefinition } from './definition-fields';
import { ScheduleForm } from './schedule-form';

const words = texts.schedule.dialogs.edit;

/** Edits what a schedule is, and shows while somebody types what that would do. */
export function EditDialog({ at, schedule, name, onClose }: { at: ScheduleAt; schedule: Schedule; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const me = useSession().name;
  // What the fields began as; the page's own schedule may be newer by now.
  const [opened, setOpened] = useState(schedule);
  const definition = useDefinition(at, typedSchedule(opened));
  const changes = () => changedFields(opened, definition.wanted);

  async function save(seen: Schedule): Promise<void> {
    const change = changes();
    if (Object.keys(change).length === 0) {
      say(texts.errors.unchanged);
      return;
    }
    const changed = await patchSchedule(at, change, seen.etag);
    client.setQueryData(scheduleQuery(at).queryKey, changed);
    const undo = await undoOf(at.tenant, { target: at.scheduleId, by: me, fields: Object.keys(change), after: seen.updatedAt });
    say(texts.schedule.saved, withReading(undo, () => client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey })), at.scheduleId);
  }
  return (
    <ScheduleForm
      at={at}
      title={words.title(name)}
      submit={words.submit}
      ahead={definition.times.isAhead}
      opened={schedule}
      mine={changes}
      onTheirs={(current, fields) => {
        setOpened({ ...opened, ...picked(current, fields) });
        definition.set(picked(typedSchedule(current), fields));
      }}
      onSave={save}
      onClose={onClose}
    >
      <DefinitionFields of={definition} />
    </ScheduleForm>
  );
}
