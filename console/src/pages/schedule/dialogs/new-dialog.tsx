import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { withReading } from '../../../api/audit';
import { createSchedule, deleteSchedule } from '../../../api/change';
import { endpointsQuery } from '../../../api/installs';
import { refreshAll } from '../../../app/refresh-all';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Unread } from '../../../parts/feedback/unread';
import { Choice } from '../../../parts/form/choice';
import { ownZone } from '../../../parts/time/format';
import { texts } from '../../../texts';
import { useUsualZone } from '../../schedules/usual-zone';
import { DefinitionFields, useDefinition } from './definition-fields';

const words = texts.schedule.dialogs.new;

type Props = {
  tenant: string;
  /** The installs that it can be one of; the first at first. */
  installs: ReadonlyArray<{ id: string; extensionId: string }>;
  onClose: () => void;
};

/** Makes a schedule as an admin, beside those that the extension makes: what it would do is shown while it is typed. */
export function NewDialog({ tenant, installs, onClose }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [installId, setInstallId] = useState(installs[0]?.id ?? '');
  const [chosen, setChosen] = useState<string>();
  const at = { tenant, installId };
  const usual = useUsualZone(tenant);
  const definition = useDefinition(at, { name: '', cron: '', timezone: '', payload: '' }, usual.zone ?? (usual.pending ? '' : ownZone()));
  const endpoints = useQuery(endpointsQuery(at));
  const callable = endpoints.data?.filter(({ schedulable }) => schedulable).map(({ method, path }) => `${method} ${path}`) ?? [];
  const endpoint = chosen && callable.includes(chosen) ? chosen : callable[0];

  async function submit(): Promise<void> {
    const { name, cron, timezone, payload } = definition.wanted;
    const made = await createSchedule(at, { endpoint: endpoint ?? '', name: name || null, cron, timezone, payload: payload || null });
    const where = { ...at, scheduleId: made.id };
    say(
      words.done(made.name || made.endpoint),
      withReading(
        async () => {
          await deleteSchedule(where, made.etag);
          await navigate({ to: '/t/$scope/schedules', params: { scope: tenant } });
        },
        () => refreshAll(client),
      ),
      made.id,
    );
    await refreshAll(client);
    await navigate({ to: '/t/$scope/schedules/$installId/$scheduleId', params: { scope: tenant, installId, scheduleId: made.id } });
  }
  return (
    <FormDialog
      title={words.title}
      submit={words.submit}
      ahead={definition.times.isAhead}
      wide
      missing={endpoint !== undefined ? undefined : endpoints.data ? words.noEndpoint : words.unread}
      onSubmit={submit}
      onClose={onClose}
    >
      {installs.length > 1 && (
        <Choice
          label={words.install}
          value={installId}
          options={installs.map(({ id, extensionId }) => ({ value: id, text: extensionId }))}
          onChange={setInstallId}
        />
      )}
      {!endpoints.data ? (
        <Unread of={endpoints} rows={2} />
      ) : endpoint === undefined ? (
        <p role="alert">{words.noEndpoint}</p>
      ) : (
        <Choice
          label={words.endpoint}
          value={endpoint}
          options={callable.map((value) => ({ value, text: value }))}
          onChange={setChosen}
          name="endpoint"
        />
      )}
      <DefinitionFields of={definition} />
    </FormDialog>
  );
}
