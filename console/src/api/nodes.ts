import { queryOptions } from '@tanstack/react-query';
import { answer, api, once } from './client';

/** Times in which no node fired, since an instant. For callers of all tenants. */
export const outagesQuery = (since: string) =>
  queryOptions({
    queryKey: ['outages', since],
    queryFn: async () => (await answer(api.GET('/api/v1/outages', { params: { query: { from: since } } }))).items,
    staleTime: 60_000,
  });

export const nodesQuery = queryOptions({
  queryKey: ['nodes'],
  queryFn: async () => (await answer(api.GET('/api/v1/nodes'))).items,
  refetchInterval: 10_000,
});

const one = '/api/v1/nodes/{nodeId}' as const;

/** What draining a node would do. */
export const previewDrain = (nodeId: string, signal: AbortSignal) => answer(api.POST(`${one}/drain/preview`, { params: { path: { nodeId } }, signal }));

export const drainNode = (nodeId: string, note: string) =>
  answer(api.POST(`${one}/drain`, { params: { path: { nodeId }, header: once() }, body: { note } }));

/** Lets a drained node take work again. */
export const resumeNode = (nodeId: string) => answer(api.POST(`${one}/resume`, { params: { path: { nodeId }, header: once() } }));
