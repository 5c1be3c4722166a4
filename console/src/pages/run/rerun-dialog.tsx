import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, once } from '../../api/client';
import type { Run } from '../../api/types';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { HoldUp, saidOf } from '../../parts/dialog/hold-up';
import { useHoldUp } from '../../parts/dialog/use-hold-up';
import { say } from '../../parts/feedback/toasts';
import { Field } from '../../parts/form/field';
import { texts } from '../../texts';

const words = texts.why.rerun;

/** Runs what has ended again. */
export function RerunDialog({ tenant, run, onClose }: { tenant: string; run: Pick<Run, 'id' | 'scheduleId'>; onClose: () => void }) {
  const client = useQueryClient();
  const held = useHoldUp(tenant);
  const [note, setNote] = useState('');
  async function submit(): Promise<void> {
    await answer(
      api.POST('/api/v1/tenants/{tenant}/runs/{runId}/rerun', {
        params: { path: { tenant, runId: run.id }, header: once() },
        body: { note: note || null },
      }),
    );
    say(saidOf(held));
    void client.invalidateQueries({ queryKey: ['runs', run.scheduleId] });
  }
  return (
    <FormDialog title={words.title} submit={words.submit} onSubmit={submit} onClose={onClose}>
      <p>{words.text}</p>
      <HoldUp of={held} />
      <Field label={words.note} value={note} onChange={setNote} maxLength={512} name="note" autoFocus />
    </FormDialog>
  );
}
