import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { disable, enable, pauseInstall, previewResumeInstall, restore, resumeInstall, uninstall, type InstallAt } from '../../api/installs';
import type { Install } from '../../api/types';
import { now } from '../../app/clock';
import { refreshAll } from '../../app/refresh-all';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { Choice } from '../../parts/form/choice';
import { Field } from '../../parts/form/field';
import { texts } from '../../texts';

const words = texts.installs;
const pausing = texts.schedule.dialogs.pause;
const resuming = texts.schedule.dialogs.resume;
const options = (of: Record<string, string>) => Object.entries(of).map(([value, text]) => ({ value, text }));

type Props = { at: InstallAt; install: Install; schedules: number; onClose: () => void };

export function DisableDialog({ at, install, onClose }: Props) {
  const client = useQueryClient();
  return (
    <FormDialog
      title={words.disable.title(install.extensionId)} submit={words.disable.submit} look="danger" onClose={onClose}
      onSubmit={async () => {
        const changed = await disable(at, install.etag);
        say(words.disable.done(install.extensionId), async () => {
          await enable(at, changed.etag);
          await refreshAll(client);
        });
        await refreshAll(client);
      }}
    >
      {() => <p>{words.disable.text}</p>}
    </FormDialog>
  );
}

export function UninstallDialog({ at, install, schedules, onClose }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <FormDialog
      title={words.uninstall.title(install.extensionId)} submit={words.uninstall.submit} look="danger" onClose={onClose}
      onSubmit={async () => {
        await uninstall(at, install.etag);
        say(words.uninstall.done(install.extensionId), async () => {
          await restore(at);
          await refreshAll(client);
        });
        await navigate({ to: '/t/$scope/installs', params: { scope: at.tenant } });
        await refreshAll(client);
      }}
    >
      {() => <><p>{words.uninstall.schedules(schedules)}</p><p>{words.uninstall.text}</p></>}
    </FormDialog>
  );
}

export function PauseInstallDialog({ at, install, onClose }: Props) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [minutes, setMinutes] = useState('none');
  const [onEnd, setOnEnd] = useState('next');
  async function submit(): Promise<void> {
    const until = minutes === 'none' ? undefined : new Date(now() + Number(minutes) * 60_000).toISOString();
    const { runsUnderWay } = await pauseInstall(at, { note: note.trim(), until, onEnd });
    say(runsUnderWay > 0 ? pausing.underWay : pausing.done, async () => {
      await resumeInstall(at);
      await refreshAll(client);
    });
    await refreshAll(client);
  }
  return (
    <FormDialog title={pausing.title(install.extensionId)} submit={pausing.submit} ready={note.trim() !== ''} onSubmit={submit} onClose={onClose}>
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

export function ResumeInstallDialog({ at, install, onClose }: Props) {
  const client = useQueryClient();
  const [onEnd, setOnEnd] = useState('');
  return (
    <PreviewDialog
      title={resuming.title(install.extensionId)}
      of={['resume-install', at.installId, onEnd]}
      form={<Choice label={resuming.onEnd} value={onEnd || 'as-said'} options={[{ value: 'as-said', text: resuming.asSaid }, ...options(pausing.ends)]} onChange={(value) => setOnEnd(value === 'as-said' ? '' : value)} />}
      preview={() => previewResumeInstall(at, onEnd || undefined)}
      commit={(preview) => resuming.commit(preview.runs)}
      onCommit={async (preview) => {
        await resumeInstall(at, preview.token);
        say(resuming.done);
        await refreshAll(client);
      }}
      onClose={onClose}
    >
      {(preview) => <p>{resuming.skipped(preview.skipped)} {resuming.runs(preview.runs)} {preview.stayPaused > 0 ? resuming.stays : ''}</p>}
    </PreviewDialog>
  );
}
