import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, once } from '../../api/client';
import type { Pause } from '../../api/types';
import { now } from '../../app/clock';
import { Button } from '../../parts/button';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { Choice } from '../../parts/form/choice';
import { Field } from '../../parts/form/field';
import { texts } from '../../texts';

const words = texts.now.pauseTenant;
const pausing = texts.schedule.dialogs.pause;
const resuming = texts.schedule.dialogs.resume;
const root = '/api/v1/tenants/{tenant}' as const;
const options = (of: Record<string, string>) => Object.entries(of).map(([value, text]) => ({ value, text }));

/** Pauses all of a tenant, or ends that pause: what it would run is shown first. */
export function TenantPause({ tenant, pause }: { tenant: string; pause: Pause | undefined }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const path = { tenant };
  const close = () => setOpen(false);
  const refresh = () => client.invalidateQueries();
  if (!open) {
    return <Button onPress={() => setOpen(true)}>{pause ? words.resume : words.button}</Button>;
  }
  return pause ? (
    <PreviewDialog
      title={words.resumeTitle(tenant)}
      of={['resume-tenant', tenant]}
      preview={() => answer(api.POST(`${root}/resume/preview`, { params: { path } }))}
      commit={(preview) => resuming.commit(preview.runs)}
      onCommit={async (preview) => {
        await answer(api.POST(`${root}/resume`, { params: { path }, body: { previewToken: preview.token } }));
        say(resuming.done);
        await refresh();
      }}
      onClose={close}
    >
      {(preview) => <p>{resuming.skipped(preview.skipped)} {resuming.runs(preview.runs)} {preview.stayPaused > 0 ? resuming.stays : ''}</p>}
    </PreviewDialog>
  ) : (
    <PauseForm
      tenant={tenant}
      onClose={close}
      onPause={async (note, minutes, onEnd) => {
        const until = minutes === 'none' ? null : new Date(now() + Number(minutes) * 60_000).toISOString();
        await answer(api.POST(`${root}/pause`, { params: { path, header: once() }, body: { note, until, onEnd } }));
        say(words.done(tenant), async () => {
          await answer(api.POST(`${root}/resume`, { params: { path } }));
          await refresh();
        });
        await refresh();
      }}
    />
  );
}

function PauseForm({ tenant, onPause, onClose }: { tenant: string; onPause: (note: string, minutes: string, onEnd: string) => Promise<void>; onClose: () => void }) {
  const [note, setNote] = useState('');
  const [minutes, setMinutes] = useState('none');
  const [onEnd, setOnEnd] = useState('next');
  return (
    <FormDialog title={words.title(tenant)} submit={pausing.submit} ready={note.trim() !== ''} onSubmit={() => onPause(note.trim(), minutes, onEnd)} onClose={onClose}>
      {(errors) => (
        <>
          <Field label={pausing.note} hint={pausing.noteHint} value={note} onChange={setNote} maxLength={512} error={errors.note} isRequired autoFocus />
          <Choice label={pausing.until} value={minutes} options={options(pausing.durations)} onChange={setMinutes} />
          <Choice label={pausing.onEnd} value={onEnd} options={options(pausing.ends)} onChange={setOnEnd} />
        </>
      )}
    </FormDialog>
  );
}
