import { queryOptions } from '@tanstack/react-query';
import { allTenants, isAll } from '../app/scope-name';
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

/** Who has each of several extensions, over all tenants. */
export const holdersOfQuery = (extensionIds: readonly string[]) =>
  queryOptions({
    queryKey: ['holders', allTenants, 'of', extensionIds],
    queryFn: async ({ client }): Promise<ReadonlyMap<string, readonly Install[]>> =>
      new Map(await Promise.all(extensionIds.map(async (id) => [id, (await client.fetchQuery(holdersQuery(allTenants, id))).installs] as const))),
    staleTime: 30_000,
  });

export const isLike = (name: string, q: string) => name.toLowerCase().includes(q.toLowerCase());

// More extensions that are called alike are told apart by typing on.
const alike = 4;

/** Some installs, of all tenants, of the extensions whose id holds a text; of each as many. */
export async function installsLike(q: string, extensions: readonly { id: string }[], most: number, signal: AbortSignal): Promise<Install[]> {
  const found = extensions.filter(({ id }) => isLike(id, q)).slice(0, alike);
  const query = { limit: String(Math.ceil(most / Math.max(1, found.length))) };
  const read = (extensionId: string) => answer(api.GET('/api/v1/extensions/{extensionId}/installs', { params: { path: { extensionId }, query }, signal }));
  return (await Promise.all(found.map(({ id }) => read(id)))).flatMap(({ items }) => items);
}
