import { useQueryClient } from '@tanstack/react-query';
import { undoOf, withReading } from '../../api/audit';
import { answer, api, ifMatch, once } from '../../api/client';
import { endOf, type Layer } from '../../api/seen';
import { refreshAll } from '../../app/refresh-all';
import { useSession } from '../../app/session';
import { PauseForm } from '../../parts/dialog/pause-form';
import { ResumeForm } from '../../parts/dialog/resume-form';
import { say } from '../../parts/feedback/toasts';
import { texts } from '../../texts';

const words = texts.now.pauseTenant;
const resuming = texts.schedule.dialogs.resume;
const root = '/api/v1/tenants/{tenant}' as const;

/** Pauses all of a tenant, or ends that pause, as it was when the dialog was opened: what it would run is shown first. */
export default function TenantPauseDialog({ tenant, opened, onClose: close }: { tenant: string; opened: Layer; onClose: () => void }) {
  const client = useQueryClient();
  const me = useSession().name;
  const path = { tenant };
  const read = () => answer(api.GET(`${root}/pause`, { params: { path } }));
  const refresh = () => refreshAll(client);
  return opened.pause ? (
    <ResumeForm
      title={words.resumeTitle(tenant)}
      of={['resume-tenant', tenant]}
      preview={async (onEnd) => {
        // Read before the preview: another pause in between is refused.
        const { etag, pause } = await read();
        const shown = await answer(api.POST(`${root}/resume/preview`, { params: { path, query: onEnd ? { onEnd } : {} } }));
        return { ...shown, etag, since: pause?.since };
      }}
      onResume={async (preview) => {
        await answer(api.POST(`${root}/resume`, { params: { path, header: ifMatch(preview.etag) }, body: { previewToken: preview.token } }));
        const undo = preview.since ? await undoOf(tenant, { target: tenant, by: me, fields: ['pause'], after: preview.since }) : undefined;
        say(resuming.done, withReading(undo, refresh), tenant);
        await refresh();
      }}
      onClose={close}
    />
  ) : (
    <PauseForm
      title={words.title(tenant)}
      onClose={close}
      onPause={async (wish) => {
        const { pause } = await answer(api.POST(`${root}/pause`, { params: { path, header: { ...once(), ...ifMatch(opened.etag) } }, body: wish }));
        const end = await endOf(pause, read, (etag) => answer(api.POST(`${root}/resume`, { params: { path, header: ifMatch(etag) } })));
        say(words.done(tenant), withReading(end, refresh), tenant);
        await refresh();
      }}
    />
  );
}
