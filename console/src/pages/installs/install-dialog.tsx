import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { consentQuery, install } from '../../api/installs';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { say } from '../../parts/feedback/toasts';
import { Unread } from '../../parts/feedback/unread';
import { texts } from '../../texts';
import { ConsentFields } from './consent-fields';
import { granted } from './grants';

const words = texts.installs.install;

/** Installs a version with what is consented to. */
export function InstallDialog({
  tenant,
  extensionId,
  version,
  onClose,
}: {
  tenant: string;
  extensionId: string;
  version: string;
  onClose: () => void;
}) {
  const consent = useQuery(consentQuery(tenant, extensionId, version));
  const [picked, setPicked] = useState<ReadonlySet<string>>();
  const client = useQueryClient();
  const navigate = useNavigate();
  const name = texts.installs.one.headline(extensionId, version);
  const asked = consent.data?.capabilities ?? [];
  const chosen = picked ?? granted(asked);
  async function submit(): Promise<void> {
    const capabilities = asked.filter(({ capability, alwaysGranted }) => alwaysGranted || chosen.has(capability)).map(({ capability }) => capability);
    const made = await install(tenant, { extensionId, version, capabilities });
    say(words.done(name));
    await Promise.all(['installs', 'holders', 'tenants'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    void navigate({ to: '/t/$scope/installs/$installId', params: { scope: tenant, installId: made.id } });
  }
  return (
    <FormDialog
      title={words.title(name)}
      submit={words.submit(asked.filter(({ capability }) => chosen.has(capability)).length)}
      missing={consent.data ? undefined : words.unread}
      wide
      onSubmit={submit}
      onClose={onClose}
    >
      {asked.length > 0 && <p>{words.asks}</p>}
      {consent.data ? (
        <ConsentFields asked={asked} chosen={chosen} onChange={setPicked} />
      ) : (
        <Unread of={consent} rows={4} />
      )}
    </FormDialog>
  );
}
