import { queryOptions } from '@tanstack/react-query';
import { isAll } from '../app/scope-name';
import { listSchedules } from './schedules';

// As many as one page has: of more of them these tell enough.
const most = 200;

/** The zones of a tenant’s schedules, as often as they have them; all tenants’ together have none that says more than the reader’s. */
export const zonesQuery = (scope: string) =>
  queryOptions({
    queryKey: ['zones', scope],
    queryFn: async ({ signal }) => (await listSchedules(scope, { limit: most }, signal)).items.map(({ timezone }) => timezone),
    enabled: !isAll(scope),
    staleTime: 300_000,
  });
