import { queryOptions } from '@tanstack/react-query';
import { answer, api } from './client';
import type { components } from './schema';

export type ListedSession = components['schemas']['ListedSessionJson'];

/** Browsers that are signed in, as far as the caller may see them, the latest first; the first two hundred. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/sessions', { params: { query: { limit: '200' } }, signal })),
});

export const endSession = (sessionId: string) => answer(api.DELETE('/api/v1/sessions/{sessionId}', { params: { path: { sessionId } } }));
