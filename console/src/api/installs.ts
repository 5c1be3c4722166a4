import { queryOptions } from '@tanstack/react-query';
import { listAudit } from './audit-log';
import { answer, api, ifMatch, once } from './client';
import { readLayer, resumeLayer } from './layers';
import { listRuns } from './runs';
import { countToCome } from './to-come';
import type { components } from './schema';
import { untilOneEnds } from './pauses';
import { endOf } from './seen';
import type { Audit, Install, Pause } from './types';

export type Consent = components['schemas']['ConsentJson'];
export type Asked = components['schemas']['AskedCapabilityJson'];
export type UpgradePreview = components['schemas']['UpgradePreviewJson'];
export type Uninstalled = components['schemas']['UninstalledJson'];

const all = '/api/v1/tenants/{tenant}/installs' as const;
const root = `${all}/{installId}` as const;
export type InstallAt = { tenant: string; installId: string };
const same = (etag?: string) => (etag ? ifMatch(etag) : {});

export const installQuery = ({ tenant, installId }: InstallAt) =>
  queryOptions({
    queryKey: ['install', installId],
    queryFn: (): Promise<Install> => answer(api.GET(root, { params: { path: { tenant, installId } } })),
  });

export type Upgrade = { at: string; versionId: string };

/** When an install came to be of which version, the latest first. */
export const upgradesQuery = ({ tenant, installId }: InstallAt, since: string) =>
  queryOptions({
    queryKey: ['upgrades', installId, since],
    queryFn: async ({ signal }): Promise<Upgrade[]> => {
      const { items } = await listAudit(tenant, { target: installId, outcome: 'done', changed: 'true', from: since }, { limit: 200 }, signal);
      const versions = ({ changes }: Audit) => changes?.flatMap(({ field, after }) => (field === 'version' && typeof after === 'string' ? [after] : [])) ?? [];
      return items.flatMap((entry) => versions(entry).map((versionId) => ({ at: entry.at, versionId })));
    },
    meta: { live: { on: ['schedule'] as const, tenant, every: 30_000 } },
  });

/** What a version asks for, in sentences, beside what the tenant has granted. */
export const consentQuery = (tenant: string, extensionId: string, version: string) =>
  queryOptions({
    queryKey: ['consent', tenant, extensionId, version],
    queryFn: (): Promise<Consent> =>
      answer(
        api.GET('/api/v1/tenants/{tenant}/extensions/{extensionId}/versions/{version}/consent', {
          params: { path: { tenant, extensionId, version } },
        }),
      ),
    staleTime: 0,
  });

export const install = (tenant: string, body: { extensionId: string; version: string; capabilities: string[] }): Promise<Install> =>
  answer(api.POST(all, { params: { path: { tenant }, header: once() }, body }));

export const grant = (at: InstallAt, capabilities: string[], etag?: string): Promise<Install> =>
  answer(api.PATCH(root, { params: { path: at, header: same(etag) }, body: { capabilities } }));
export const enable = (at: InstallAt, etag?: string): Promise<Install> =>
  answer(api.POST(`${root}/enable`, { params: { path: at, header: same(etag) } }));
export const disable = (at: InstallAt, etag?: string): Promise<Install> =>
  answer(api.POST(`${root}/disable`, { params: { path: at, header: same(etag) } }));
export const uninstall = (at: InstallAt, etag?: string) => answer(api.DELETE(root, { params: { path: at, header: same(etag) } }));

export const previewUpgrade = (at: InstallAt, version: string): Promise<UpgradePreview> =>
  answer(api.POST(`${root}/upgrade/preview`, { params: { path: at }, body: { version } }));
export const previewRollback = (at: InstallAt): Promise<UpgradePreview> => answer(api.POST(`${root}/rollback/preview`, { params: { path: at } }));

type Change = { previewToken: string; capabilities?: string[] | undefined; hold?: boolean };

/** Carries out what was shown; `capabilities` when the version asks for something new. */
export const upgrade = (at: InstallAt, change: Change, etag: string): Promise<Install> =>
  answer(api.POST(`${root}/upgrade`, { params: { path: at, header: { ...once(), ...ifMatch(etag) } }, body: change as never }));
export const rollBack = (at: InstallAt, change: Change, etag: string): Promise<Install> =>
  answer(api.POST(`${root}/rollback`, { params: { path: at, header: { ...once(), ...ifMatch(etag) } }, body: change as never }));

export const endpointsQuery = (at: InstallAt) =>
  queryOptions({
    queryKey: ['endpoints', at.installId],
    queryFn: async () => (await answer(api.GET(`${root}/endpoints`, { params: { path: at } }))).items,
    staleTime: 30_000,
  });

/** All of them: the host keeps twenty of a tenant, which is less than a page. */
export const uninstalledQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['uninstalled', tenant],
    queryFn: async (): Promise<Uninstalled[]> =>
      (await answer(api.GET('/api/v1/tenants/{tenant}/uninstalled', { params: { path: { tenant }, query: { limit: '200' } } }))).items,
  });

export const restore = (at: InstallAt): Promise<Install> =>
  answer(api.POST('/api/v1/tenants/{tenant}/uninstalled/{installId}/restore', { params: { path: at, header: once() } }));
export const removeForGood = (at: InstallAt) => answer(api.DELETE('/api/v1/tenants/{tenant}/uninstalled/{installId}', { params: { path: at } }));

const layerOf = (at: InstallAt) => ({ layer: 'install', ...at }) as const;

/** The install's own layer of pauses, with the etag of that. */
export const installPauseQuery = (at: InstallAt) =>
  queryOptions({
    queryKey: ['install-pause', at.installId],
    queryFn: () => readLayer(layerOf(at)),
    refetchInterval: ({ state }) => untilOneEnds([state.data?.pause]),
  });
export const pauseInstall = (at: InstallAt, body: { note: string; until?: string | undefined; onEnd?: string | undefined }, etag: string) =>
  answer(api.POST(`${root}/pause`, { params: { path: at, header: { ...once(), ...ifMatch(etag) } }, body: body as never }));
export const endOfInstallPause = (at: InstallAt, made: Pause) =>
  endOf(made, () => readLayer(layerOf(at)), (etag) => resumeLayer(layerOf(at), { etag }));

/** What of an install would not happen any more: its runs of seven days, and how many are under way, or at least so many. */
export async function previewEnd(at: InstallAt, signal: AbortSignal) {
  const [{ etag }, runs, open] = await Promise.all([
    answer(api.GET(root, { params: { path: at } })),
    countToCome(at, signal),
    listRuns(at.tenant, { installId: at.installId, state: 'running', limit: 200 }, signal),
  ]);
  return { etag, runs, underWay: open.items.length, more: Boolean(open.nextCursor) };
}
