import { queryOptions } from '@tanstack/react-query';
import { answer, api } from './client';

/** Tenants by name, for those who see all of them. */
export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: () => answer(api.GET('/api/v1/tenants', { params: { query: { limit: '200' } } })),
  staleTime: 30_000,
  meta: { live: { on: ['schedule'], every: 30_000 } },
});

export const installsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['installs', tenant],
    queryFn: () => answer(api.GET('/api/v1/tenants/{tenant}/installs', { params: { path: { tenant } } })),
    staleTime: 30_000,
  });
