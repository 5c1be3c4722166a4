import { useQueryClient } from '@tanstack/react-query';
import { withReading } from '../../api/audit';
import { answer, api, ifMatch, once } from '../../api/client';
import { readLayer, resumeLayer } from '../../api/layers';
import { endOf, type Layer } from '../../api/seen';
import { countToCome } from '../../api/to-come';
import { refreshAll } from '../../app/refresh-all';
import { PauseForm } from '../../parts/dialog/pause-form';
import { say } from '../../parts/feedback/toasts';
import ResumeLayerDialog from '../../parts/paused/resume-layer-dialog';
import { texts } from '../../texts';

const words = texts.now.pauseTenant;

/** Pauses all of a tenant, or ends that pause, as it was when the dialog was opened: what it would run is shown first. */
export default function TenantPauseDialog({ tenant, opened, onClose: close }: { tenant: string; opened: Layer; onClose: () => void }) {
  const client = useQueryClient();
  const at = { layer: 'tenant', tenant } as const;
  const refresh = () => refreshAll(client);
  return opened.pause ? (
    <ResumeLayerDialog at={at} name={tenant} onClose={close} />
  ) : (
    <PauseForm
      title={words.title(tenant)}
      of={['tenant', tenant]}
      count={(until, signal) => countToCome({ tenant }, signal, until)}
      onClose={close}
      onPause={async (wish) => {
        const params = { path: { tenant }, header: { ...once(), ...ifMatch(opened.etag) } };
        const { pause } = await answer(api.POST('/api/v1/tenants/{tenant}/pause', { params, body: wish }));
        const end = await endOf(pause, () => readLayer(at), (etag) => resumeLayer(at, { etag }));
        say(words.done(tenant), withReading(end, refresh), tenant);
        await refresh();
      }}
    />
  );
}
