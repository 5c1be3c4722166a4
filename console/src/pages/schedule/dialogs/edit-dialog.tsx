import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { lastChangeOf, takeBack } from '../../../api/audit';
import { patchSchedule } from '../../../api/change';
import { isRefused } from '../../../api/problem';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { fromWords } from '../../../cron/from-words';
import { Button } from '../../../parts/button';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Field } from '../../../parts/form/field';
import { list, texts } from '../../../texts';
import styles from '../schedule.module.css';
import { TimesPreview } from './times-preview';
import { ZoneField } from './zone-field';

const words = texts.schedule.dialogs.edit;

/** Edits what a schedule is, and shows while somebody types what that would do. What somebody else changed meanwhile is not lost unseen. */
export function EditDialog({ at, schedule, name, onClose }: { at: ScheduleAt; schedule: Schedule; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const [seen, setSeen] = useState(schedule);
  const [title, setTitle] = useState(schedule.name ?? '');
  const [cron, setCron] = useState(schedule.cron);
  const [zone, setZone] = useState(schedule.timezone);
  const [payload, setPayload] = useState(schedule.payload ?? '');
  const [lost, setLost] = useState<string[]>();
  const read = fromWords(cron);
  const expression = read ?? cron.trim();

  async function submit(): Promise<void> {
    const change = {
      ...(title !== (schedule.name ?? '') ? { name: title } : {}),
      ...(expression !== schedule.cron ? { cron: expression } : {}),
      ...(zone !== schedule.timezone ? { timezone: zone } : {}),
      ...(payload !== (schedule.payload ?? '') ? { payload } : {}),
    };
    try {
      const changed = await patchSchedule(at, change, seen.etag);
      client.setQueryData(scheduleQuery(at).queryKey, changed);
      const entry = await lastChangeOf(at);
      say(
        texts.schedule.saved,
        entry === undefined
          ? undefined
          : async () => {
              await takeBack(at.tenant, entry);
              await client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
            },
      );
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
              error={errors.cron}
              mono
              autoFocus
            />
            <ZoneField label={words.zone} value={zone} onChange={setZone} error={errors.timezone} />
          </div>
          <div className={styles.presets} role="group" aria-label={words.usual}>
            {presets.map(([value, text]) => (
              <Button key={value} onPress={() => setCron(value)}>
                {text}
              </Button>
            ))}
          </div>
          <TimesPreview at={at} cron={expression} zone={zone} />
          <Field label={words.payload} value={payload} onChange={setPayload} error={errors.payload} rows={3} mono />
        </>
      )}
    </FormDialog>
  );
}
