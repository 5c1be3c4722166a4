import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { withReading } from '../../api/audit';
import { extensionsQuery } from '../../api/extensions';
import { disable, enable, installPauseQuery, installQuery } from '../../api/installs';
import { layerQuery } from '../../api/now';
import { isNotThere } from '../../api/problem';
import { useCommands } from '../../app/commands';
import { refreshAll } from '../../app/refresh-all';
import { useScope } from '../../app/scope';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { Unread } from '../../parts/feedback/unread';
import { ActionMenu } from '../../parts/menu';
import { Columns, PageFrame } from '../../parts/page/page';
import ResumeLayerDialog from '../../parts/paused/resume-layer-dialog';
import { Sentence } from '../../parts/sentence';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';
import { earlierThan, goneBackFrom, newerThan, others } from '../installs/grants';
import { FactsPanel, Notices } from './facts';
import { GrantsPanel } from './grants-panel';
import { CallsOf, EndpointsOf, SchedulesOf, schedulesOfQuery } from './lists';
import { EndDialog, PauseInstallDialog } from './state-dialogs';
import { Uninstalled } from './uninstalled';
import { UpgradeDialog } from './upgrade-dialog';

const words = texts.installs.one;
type Doing = 'upgrade' | 'back' | 'pause' | 'resume' | 'disable' | 'uninstall';

/** One install: what it may do, what it runs, and what can be done with it. */
export function InstallPage() {
  const scope = useScope();
  const { installId = '' } = useParams({ strict: false }) as { installId?: string };
  const at = useMemo(() => ({ tenant: scope, installId }), [scope, installId]);
  const may = useMay();
  const client = useQueryClient();
  const { data: install, error, refetch } = useQuery(installQuery(at));
  const layer = useQuery({ ...installPauseQuery(at), enabled: install !== undefined }).data;
  const pause = layer?.pause ?? undefined;
  const extensions = useQuery(extensionsQuery);
  const schedules = useQuery({ ...schedulesOfQuery(at), enabled: install !== undefined }).data;
  const tenantLayer = useQuery(layerQuery(scope)).data;
  const hostPause = schedules?.items.flatMap(({ pauses }) => pauses ?? []).find((one) => one.layer === 'host');
  const pauses = [hostPause, tenantLayer?.pause, pause].flatMap((one) => one ?? []);
  const [doing, setDoing] = useState<Doing>();
  const versions = useMemo(
    () => extensions.data?.items.find(({ id }) => id === install?.extensionId)?.versions ?? [],
    [extensions.data, install?.extensionId],
  );
  const newer = install && newerThan(versions, install.version);
  // What was gone back from is not offered first: whoever went back had a reason.
  const offered = newer?.version === install?.previousVersion ? undefined : newer;
  const candidates = install ? others(versions, install.version) : [];
  const before = install && earlierThan(versions, install);
  // Back to the one before is a rolling back, by its own name.
  const upgrades = candidates.filter(({ version }) => version !== before);

  const commands = useMemo(
    () =>
      !install || !may.change
        ? []
        : [
            ...(upgrades.length > 0 ? [{ id: 'upgrade', text: words.actions.upgrade, act: () => setDoing('upgrade') }] : []),
            {
              id: pause ? 'resume' : 'pause',
              text: pause ? words.actions.resume : words.actions.pause,
              act: () => setDoing(pause ? 'resume' : 'pause'),
            },
            ...(before ? [{ id: 'back', text: words.actions.back(before), act: () => setDoing('back') }] : []),
            install.enabled
              ? { id: 'disable', text: words.actions.disable, act: () => setDoing('disable') }
              : { id: 'enable', text: words.actions.enable, act: () => void turnOn() },
            { id: 'uninstall', text: words.actions.uninstall, act: () => setDoing('uninstall') },
            // turnOn reads what is current when it is called.
          ],
    [install, may.change, pause, upgrades.length, before],
  );
  useCommands(commands);

  async function turnOn(): Promise<void> {
    try {
      const { etag, extensionId } = await enable(at, install?.etag);
      const back = () => disable(at, etag);
      say(texts.installs.disable.enabled(extensionId), withReading(back, () => refreshAll(client)), at.installId);
      await refreshAll(client);
    } catch (refused) {
      sayProblem(refused);
    }
  }
  if (!install || isNotThere(error)) {
    return (
      <PageFrame
        title={words.crumb}
        sub={
          <Link to="/t/$scope/installs" params={{ scope }}>
            {words.crumb}
          </Link>
        }
      >
        {isNotThere(error) ? <Uninstalled at={at} error={error} /> : <Unread of={{ error, refetch }} rows={8} height={22} whole />}
      </PageFrame>
    );
  }
  const close = () => setDoing(undefined);
  const dialog = { at, install, schedules: schedules?.items.length ?? 0, more: Boolean(schedules?.nextCursor), onClose: close };
  const front = new Set(['upgrade', 'pause', 'resume', 'enable']);
  return (
    <PageFrame
      title={words.headline(install.extensionId, install.version)}
      sub={
        <>
          <Link to="/t/$scope/installs" params={{ scope }}>
            {words.crumb}
          </Link>{' '}
          · <span>{words.sub(install.tenant)}</span> ·{' '}
          <span>
            <Sentence of={words.since} at={<FromNow at={install.createdAt} />} />
          </span>
        </>
      }
      actions={
        may.change && (
          <>
            {offered && (
              <Button look="main" onPress={() => setDoing('upgrade')}>
                {words.actions.upgradeTo(offered.version)}
              </Button>
            )}
            {commands
              .filter(({ id }) => front.has(id) && !(offered && id === 'upgrade'))
              .map((command) => (
                <Button key={command.id} onPress={command.act}>
                  {command.text}
                </Button>
              ))}
            <ActionMenu name={words.actions.more} choices={commands.filter(({ id }) => !front.has(id))}>
              ⋯
            </ActionMenu>
          </>
        )
      }
    >
      <Notices install={install} pauses={pauses} newer={newer?.version} goneBack={newer !== offered} />
      <Columns
        main={
          <>
            <GrantsPanel at={at} install={install} />
            <SchedulesOf at={at} install={install} />
            <CallsOf at={at} />
          </>
        }
        side={
          <>
            <FactsPanel install={install} />
            <EndpointsOf at={at} />
          </>
        }
      />
      {(doing === 'upgrade' || doing === 'back') && (
        <UpgradeDialog
          at={at}
          install={install}
          versions={candidates}
          earlier={before}
          first={doing === 'back' ? undefined : (offered ?? upgrades[0])?.version}
          goneBack={goneBackFrom(versions, install)}
          onClose={close}
        />
      )}
      {doing === 'pause' && layer && <PauseInstallDialog {...dialog} pauseEtag={layer.etag} />}
      {doing === 'resume' && <ResumeLayerDialog at={{ layer: 'install', ...at }} name={install.extensionId} onClose={close} />}
      {(doing === 'disable' || doing === 'uninstall') && <EndDialog {...dialog} how={doing} />}
    </PageFrame>
  );
}
