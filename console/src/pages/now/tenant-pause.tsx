import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, once } from '../../api/client';
import type { Pause } from '../../api/types';
import { refreshAll } from '../../app/refresh-all';
import { Button } from '../../parts/button';
import { PauseForm } from '../../parts/dialog/pause-form';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { texts } from '../../texts';

const words = texts.now.pauseTenant;
const resuming = texts.schedule.dialogs.resume;
const root = '/api/v1/tenants/{tenant}' as const;

/** Pauses all of a tenant, or ends that pause: what it would run is shown first. */
export function TenantPause({ tenant, pause }: { tenant: string; pause: Pause | undefined }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const path = { tenant };
  const close = () => setOpen(false);
  const refresh = () => refreshAll(client);
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
      title={words.title(tenant)}
      onClose={close}
      onPause={async (wish) => {
        await answer(api.POST(`${root}/pause`, { params: { path, header: once() }, body: wish }));
        say(words.done(tenant), async () => {
          await answer(api.POST(`${root}/resume`, { params: { path } }));
          await refresh();
        });
        await refresh();
      }}
    />
  );
}
