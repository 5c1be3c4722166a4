import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { lastChangeOf, takeBack } from '../../../api/audit';
import { patchSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Choice } from '../../../parts/form/choice';
import { Field } from '../../../parts/form/field';
import { texts } from '../../../texts';
import styles from '../schedule.module.css';

const words = texts.schedule.policy;
const choices = (...values: string[]) => values.map((value) => ({ value, text: words.fields.options[value] ?? value }));
const text = (value: number | null | undefined) => (value == null ? '' : String(value));
const number = (value: string) => (value.trim() === '' ? null : Number(value));

export function PolicyDialog({ at, schedule, onClose }: { at: ScheduleAt; schedule: Schedule; onClose: () => void }) {
  const client = useQueryClient();
  const { policy } = schedule;
  const [overlap, setOverlap] = useState(policy.overlap ?? 'skip');
  const [missed, setMissed] = useState(policy.missed ?? 'latest');
  const [attempts, setAttempts] = useState(text(policy.retry?.maxAttempts ?? 1));
  const [pauses, setPauses] = useState(text(policy.pauseAfterFailures));
  const [limit, setLimit] = useState(text(policy.timeLimitSeconds));
  const [spread, setSpread] = useState(text(policy.spreadSeconds));
  async function submit(): Promise<void> {
    const retry = { ...policy.retry, maxAttempts: number(attempts) ?? 1 };
    const wanted = {
      overlap,
      missed,
      pauseAfterFailures: number(pauses),
      timeLimitSeconds: number(limit),
      spreadSeconds: number(spread) ?? 0,
      ...(retry.maxAttempts !== (policy.retry?.maxAttempts ?? 1) ? { retry } : {}),
    };
    const changed = await patchSchedule(at, { policy: wanted }, schedule.etag);
    client.setQueryData(scheduleQuery(at).queryKey, changed);
    const entry = await lastChangeOf(at);
    say(
      words.saved,
      entry === undefined
        ? undefined
        : async () => {
            await takeBack(at.tenant, entry);
            await client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
          },
    );
  }
  const fields = words.fields;
  return (
    <FormDialog title={words.dialog} submit={words.save} wide onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <div className={styles.pair}>
            <Choice label={fields.overlap} value={overlap} options={choices('skip', 'queue-one')} onChange={setOverlap} />
            <Choice label={fields.missed} value={missed} options={choices('latest', 'none', 'all')} onChange={setMissed} />
            <Field
              label={fields.retry}
              value={attempts}
              onChange={setAttempts}
              inputMode="numeric"
              error={errors['policy.retry.maxAttempts'] ?? errors['policy.retry']}
            />
            <Field label={fields.pauses} value={pauses} onChange={setPauses} inputMode="numeric" error={errors['policy.pauseAfterFailures']} />
            <Field label={fields.limit} value={limit} onChange={setLimit} inputMode="numeric" error={errors['policy.timeLimitSeconds']} />
            <Field label={fields.spread} value={spread} onChange={setSpread} inputMode="numeric" error={errors['policy.spreadSeconds']} />
          </div>
        </>
      )}
    </FormDialog>
  );
}
