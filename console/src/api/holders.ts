import { queryOptions } from '@tanstack/react-query';
import { isAll } from '../app/scope-name';
import { answer, api } from './client';
import type { Install } from './types';

/** Who has an extension: of one tenant its install; of all of them the first 200. */
export const holdersQuery = (scope: string, extensionId: string) =>
  queryOptions({
    queryKey: ['holders', scope, extensionId],
    queryFn: async ({ signal }): Promise<{ installs: Install[]; cut: boolean }> => {
      if (isAll(scope)) {
        const params = { path: { extensionId }, query: { limit: '200' } };
        const { items, nextCursor } = await answer(api.GET('/api/v1/extensions/{extensionId}/installs', { params, signal }));
        return { installs: items, cut: Boolean(nextCursor) };
      }
      const { items } = await answer(api.GET('/api/v1/tenants/{tenant}/installs', { params: { path: { tenant: scope } }, signal }));
      return { installs: items.filter((install) => install.extensionId === extensionId), cut: false };
    },
    staleTime: 30_000,
  });
