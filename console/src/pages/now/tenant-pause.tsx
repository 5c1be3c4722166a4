import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, ifMatch, once } from '../../api/client';
import { endOf, type Layer } from '../../api/seen';
import { refreshAll } from '../../app/refresh-all';
import { Button } from '../../parts/button';
import { PauseForm } from '../../parts/dialog/pause-form';
import { ResumeForm } from '../../parts/dialog/resume-form';
import { say } from '../../parts/feedback/toasts';
import { texts } from '../../texts';

const words = texts.now.pauseTenant;
const resuming = texts.schedule.dialogs.resume;
const root = '/api/v1/tenants/{tenant}' as const;

/** Pauses all of a tenant, or ends that pause: what it would run is shown first. */
export function TenantPause({ tenant, layer }: { tenant: string; layer: Layer }) {
  // As it was when the dialog was opened, so that it stays the same dialog and the change is of what was seen.
  const [opened, setOpened] = useState<Layer>();
  const client = useQueryClient();
  const path = { tenant };
  const close = () => setOpened(undefined);
  const read = () => answer(api.GET(`${root}/pause`, { params: { path } }));
  const refresh = () => refreshAll(client);
  if (!opened) {
    return <Button onPress={() => setOpened(layer)}>{layer.pause ? words.resume : words.button}</Button>;
  }
  return opened.pause ? (
    <ResumeForm
      title={words.resumeTitle(tenant)}
      of={['resume-tenant', tenant]}
      preview={async (onEnd) => {
        // Read before the preview: another pause in between is refused.
        const { etag } = await read();
        return { ...(await answer(api.POST(`${root}/resume/preview`, { params: { path, query: onEnd ? { onEnd } : {} } }))), etag };
      }}
      onResume={async (preview) => {
        await answer(api.POST(`${root}/resume`, { params: { path, header: ifMatch(preview.etag) }, body: { previewToken: preview.token } }));
        say(resuming.done, undefined, tenant);
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
        say(
          words.done(tenant),
          end &&
            (async () => {
              await end();
              await refresh();
            }),
          tenant,
        );
        await refresh();
      }}
    />
  );
}
