import { queryOptions } from '@tanstack/react-query';
import { answer, api } from './client';

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
