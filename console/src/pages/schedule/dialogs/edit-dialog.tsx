import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { undoOf, withReading } from '../../../api/audit';
import { patchSchedule } from '../../../api/change';
import { isRefused } from '../../../api/problem';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { useSession } from '../../../app/session';
import { fromWords } from '../../../cron/from-words';
import { Button } from '../../../parts/button';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Field } from '../../../parts/form/field';
import { list, texts } from '../../../texts';
import styles from '../schedule.module.css';
import { changedFields } from './changed';
import { TimesPreview, useTimes } from './times-preview';
import { ZoneField } from './zone-field';

const words = texts.schedule.dialogs.edit;

/** Edits what a schedule is, and shows while somebody types what that would do. What somebody else changed meanwhile is not lost unseen. */
export function EditDialog({ at, schedule, name, onClose }: { at: ScheduleAt; schedule: Schedule; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const me = useSession().name;
  // The fields began as this; the page's own schedule may be newer by now.
  const [opened] = useState(schedule);
  const [seen, setSeen] = useState(opened);
  const [title, setTitle] = useState(opened.name ?? '');
  const [cron, setCron] = useState(opened.cron);
  const [zone, setZone] = useState(opened.timezone);
  const [payload, setPayload] = useState(opened.payload ?? '');
  const [lost, setLost] = useState<string[]>();
  const read = fromWords(cron);
  const expression = read ?? cron.trim();
  const times = useTimes(at, expression, zone);

  async function submit(): Promise<void> {
    const change = changedFields(opened, { name: title, cron: expression, timezone: zone, payload });
    if (Object.keys(change).length === 0) {
      say(texts.errors.unchanged);
      return;
    }
    try {
      const changed = await patchSchedule(at, change, seen.etag);
      client.setQueryData(scheduleQuery(at).queryKey, changed);
      const undo = await undoOf(at.tenant, { target: at.scheduleId, by: me, fields: Object.keys(change), after: seen.updatedAt });
      say(texts.schedule.saved, withReading(undo, () => client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey })), at.scheduleId);
    } catch (error) {
      if (isRefused(error, 'changed-meanwhile')) {
        const current = error.body.current as Schedule | undefined;
        setLost([...(error.body.changed ?? [])]);
        if (current) {
          setSeen(current);
        }
      }
      throw error;
    }
  }
  const presets = Object.entries(words.presets);
  return (
    <FormDialog
      title={words.title(name)}
      submit={lost ? words.overwrite : words.submit}
      look={lost ? 'danger' : 'main'}
      wide
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          {lost && (
            <div role="alert">
              <strong>{words.lost}</strong>
              <p>{words.lostText(list(lost))}</p>
            </div>
          )}
          <Field label={words.name} value={title} onChange={setTitle} error={errors.name} />
          <div className={styles.pair}>
            <Field
              label={words.cron}
              hint={read ? words.reads(read) : words.cronHint}
              value={cron}
              onChange={setCron}
              error={errors.cron ?? times.errors.cron}
              mono
              autoFocus
            />
            <ZoneField label={words.zone} value={zone} onChange={setZone} error={errors.timezone ?? times.errors.timezone} />
          </div>
          <div className={styles.presets} role="group" aria-label={words.usual}>
            {presets.map(([value, text]) => (
              <Button key={value} onPress={() => setCron(value)}>
                {text}
              </Button>
            ))}
          </div>
          <TimesPreview of={times} />
          <Field label={words.payload} value={payload} onChange={setPayload} error={errors.payload} rows={3} mono />
        </>
      )}
    </FormDialog>
  );
}
