import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { undoOf, withReading } from '../../../api/audit';
import { patchSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { useSession } from '../../../app/session';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Choice } from '../../../parts/form/choice';
import { Field } from '../../../parts/form/field';
import { texts } from '../../../texts';
import styles from '../schedule.module.css';
import { changedPolicy, counts, isCount, typedPolicy, type TypedPolicy } from './changed';

const words = texts.schedule.policy;
const choices = (...values: string[]) => values.map((value) => ({ value, text: words.fields.options[value] ?? value }));

const blamed = {
  attempts: ['policy.retry.maxAttempts', 'policy.retry'],
  pauses: ['policy.pauseAfterFailures'],
  limit: ['policy.timeLimitSeconds'],
  spread: ['policy.spreadSeconds'],
};

export function PolicyDialog({ at, schedule, onClose }: { at: ScheduleAt; schedule: Schedule; onClose: () => void }) {
  const client = useQueryClient();
  const me = useSession().name;
  // What is shown is what was there when it opened, and so is the etag: a colleague's change since then is refused, not written over.
  const [opened] = useState(schedule);
  const [typed, setTyped] = useState(() => typedPolicy(opened.policy));
  const set = (field: keyof TypedPolicy) => (value: string) => setTyped((before) => ({ ...before, [field]: value }));
  async function submit(): Promise<void> {
    const policy = changedPolicy(opened.policy, typed);
    if (Object.keys(policy).length === 0) {
      say(texts.errors.unchanged);
      return;
    }
    const changed = await patchSchedule(at, { policy }, opened.etag);
    client.setQueryData(scheduleQuery(at).queryKey, changed);
    const names = Object.keys(policy).map((field) => `policy.${field}`);
    const undo = await undoOf(at.tenant, { target: at.scheduleId, by: me, fields: names, after: opened.updatedAt });
    say(words.saved, withReading(undo, () => client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey })), at.scheduleId);
  }
  const fields = words.fields;
  return (
    <FormDialog
      title={words.dialog}
      submit={words.save}
      ready={counts.every((count) => isCount(typed[count]))}
      wide
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <div className={styles.pair}>
            <Choice label={fields.overlap} value={typed.overlap} options={choices('skip', 'queue-one')} onChange={set('overlap')} />
            <Choice label={fields.missed} value={typed.missed} options={choices('latest', 'none', 'all')} onChange={set('missed')} />
            {counts.map((count) => (
              <Field
                key={count}
                label={fields[count]}
                value={typed[count]}
                onChange={set(count)}
                inputMode="numeric"
                {...(typed[count].trim() === '' ? { hint: fields.empty[count] } : {})}
                error={isCount(typed[count]) ? blamed[count].map((field) => errors[field]).find(Boolean) : fields.noCount}
              />
            ))}
          </div>
        </>
      )}
    </FormDialog>
  );
}
