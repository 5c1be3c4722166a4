import { isAll } from '../app/scope-name';
import { answer, api } from './client';
import type { FoundId } from './types';

/** What has an id, of a tenant or of all; undefined for none. */
export const findId = async (scope: string, id: string, signal?: AbortSignal): Promise<FoundId | undefined> =>
  (isAll(scope)
    ? await answer(api.GET('/api/v1/ids/{id}', { params: { path: { id } }, signal: signal ?? null }))
    : await answer(api.GET('/api/v1/tenants/{tenant}/ids/{id}', { params: { path: { tenant: scope, id } }, signal: signal ?? null }))
  ).items[0];
