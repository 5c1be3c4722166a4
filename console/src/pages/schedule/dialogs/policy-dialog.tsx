import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { undoOf, withReading } from '../../../api/audit';
import { patchSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { useSession } from '../../../app/session';
import { say } from '../../../parts/feedback/toasts';
import { Choice } from '../../../parts/form/choice';
import { Field } from '../../../parts/form/field';
import { texts } from '../../../texts';
import styles from '../schedule.module.css';
import { changedPolicy, counts, noCount, picked, typedPolicy, type TypedPolicy } from './changed';
import { ScheduleForm } from './schedule-form';

const words = texts.schedule.policy;
const choices = (...values: string[]) => values.map((value) => ({ value, text: words.fields.options[value] ?? value }));

// The server's names of what is counted, at whose fields it is said.
const names = { attempts: 'policy.retry', pauses: 'policy.pauseAfterFailures', limit: 'policy.timeLimitSeconds', spread: 'policy.spreadSeconds' };

/** What is typed, and by which of the server's fields it is shown. */
const typedBy = { 'policy.overlap': 'overlap', 'policy.missed': 'missed', ...Object.fromEntries(counts.map((count) => [names[count], count])) } as Readonly<
  Record<string, keyof TypedPolicy>
>;

type Props = {
  at: ScheduleAt;
  schedule: Schedule;
  /** What stands there at first in place of what it has. */
  wish?: Partial<TypedPolicy>;
  onClose: () => void;
};

/** Changes the policy of a schedule. */
export function PolicyDialog({ at, schedule, wish, onClose }: Props) {
  const client = useQueryClient();
  const me = useSession().name;
  // What the fields began as; the page's own schedule may be newer by now.
  const [opened, setOpened] = useState(schedule);
  const [typed, setTyped] = useState(() => ({ ...typedPolicy(opened.policy), ...wish }));
  const set = (field: keyof TypedPolicy) => (value: string) => setTyped((before) => ({ ...before, [field]: value }));
  async function save(seen: Schedule): Promise<void> {
    const policy = changedPolicy(opened.policy, typed);
    if (Object.keys(policy).length === 0) {
      say(texts.errors.unchanged);
      return;
    }
    const changed = await patchSchedule(at, { policy }, seen.etag);
    client.setQueryData(scheduleQuery(at).queryKey, changed);
    const fields = Object.keys(policy).map((field) => `policy.${field}`);
    const undo = await undoOf(at.tenant, { target: at.scheduleId, by: me, fields, after: seen.updatedAt });
    say(words.saved, withReading(undo, () => client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey })), at.scheduleId);
  }
  function takeTheirs(current: Schedule, theirs: readonly string[]): void {
    const inPolicy = theirs.map((field) => field.replace('policy.', ''));
    setOpened({ ...opened, policy: { ...opened.policy, ...picked(current.policy, inPolicy) } });
    setTyped({ ...typed, ...picked(typedPolicy(current.policy), theirs.map((field) => typedBy[field] ?? '')) });
  }
  const fields = words.fields;
  return (
    <ScheduleForm
      at={at}
      title={words.dialog}
      submit={words.save}
      opened={schedule}
      mine={() => Object.fromEntries(Object.entries(changedPolicy(opened.policy, typed)).map(([field, value]) => [`policy.${field}`, value]))}
      onTheirs={takeTheirs}
      onSave={save}
      onClose={onClose}
    >
      <div className={styles.pair}>
        <Choice label={fields.overlap} value={typed.overlap} options={choices('skip', 'queue-one')} onChange={set('overlap')} name="policy.overlap" />
        <Choice label={fields.missed} value={typed.missed} options={choices('latest', 'none', 'all')} onChange={set('missed')} name="policy.missed" />
        {counts.map((count) => (
          <Field
            key={count}
            label={fields[count]}
            value={typed[count]}
            onChange={set(count)}
            inputMode="numeric"
            name={names[count]}
            error={noCount(typed[count])}
            {...(typed[count].trim() === '' ? { hint: fields.empty[count] } : {})}
          />
        ))}
      </div>
    </ScheduleForm>
  );
}
