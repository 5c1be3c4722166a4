import { queryOptions } from '@tanstack/react-query';
import { isAll } from '../app/scope-name';
import { answer, api } from './client';
import type { Install } from './types';

const atOnce = 6;

/** Who has an extension: of one tenant its install; of all of them those of the first 200, a few asked at a time. */
export const holdersQuery = (scope: string, extensionId: string) =>
  queryOptions({
    queryKey: ['holders', scope, extensionId],
    queryFn: async ({ signal }): Promise<{ installs: Install[]; cut: boolean }> => {
      const tenants = isAll(scope)
        ? await answer(api.GET('/api/v1/tenants', { params: { query: { limit: '200' } }, signal }))
        : { items: [{ tenant: scope }], nextCursor: undefined };
      const waiting = tenants.items.map(({ tenant }) => tenant);
      const found: Install[] = [];
      const ask = async () => {
        for (let tenant = waiting.shift(); tenant !== undefined; tenant = waiting.shift()) {
          const { items } = await answer(api.GET('/api/v1/tenants/{tenant}/installs', { params: { path: { tenant } }, signal }));
          found.push(...items.filter((install) => install.extensionId === extensionId));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, ask));
      return { installs: found.sort((a, b) => a.tenant.localeCompare(b.tenant)), cut: Boolean(tenants.nextCursor) };
    },
    staleTime: 30_000,
  });
