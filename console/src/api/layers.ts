import { answer, api, ifMatch } from './client';
import type { Layer } from './seen';

/** What a pause that is no schedule's own lies over: all of the host, a tenant, or an install. */
export type LayerAt = { layer: 'host' } | { layer: 'tenant'; tenant: string } | { layer: 'install'; tenant: string; installId: string };

const [ofTenant, ofInstall] = ['/api/v1/tenants/{tenant}', '/api/v1/tenants/{tenant}/installs/{installId}'] as const;

/** The pause of a layer, with the etag of that. */
export const readLayer = (at: LayerAt): Promise<Layer> =>
  answer(
    at.layer === 'host'
      ? api.GET('/api/v1/pause')
      : at.layer === 'tenant'
        ? api.GET(`${ofTenant}/pause`, { params: { path: at } })
        : api.GET(`${ofInstall}/pause`, { params: { path: at } }),
  );

/** What ending the pause would do, with the etag and the beginning of the pause that it is about: another one in between is refused. */
export async function previewResumeLayer(at: LayerAt, onEnd: string | undefined) {
  const { etag, pause } = await readLayer(at);
  const query = onEnd ? { onEnd } : {};
  const shown = await answer(
    at.layer === 'host'
      ? api.POST('/api/v1/resume/preview', { params: { query } })
      : at.layer === 'tenant'
        ? api.POST(`${ofTenant}/resume/preview`, { params: { path: at, query } })
        : api.POST(`${ofInstall}/resume/preview`, { params: { path: at, query } }),
  );
  return { ...shown, etag, since: pause?.since };
}

/** Ends the pause as it was shown; without that, as it says itself. */
export const resumeLayer = (at: LayerAt, { token, etag }: { token?: string; etag: string }) => {
  const header = ifMatch(etag);
  const body = token === undefined ? {} : { body: { previewToken: token } };
  return answer(
    at.layer === 'host'
      ? api.POST('/api/v1/resume', { params: { header }, ...body })
      : at.layer === 'tenant'
        ? api.POST(`${ofTenant}/resume`, { params: { path: at, header }, ...body })
        : api.POST(`${ofInstall}/resume`, { params: { path: at, header }, ...body }),
  );
};
