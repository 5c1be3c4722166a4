import { queryOptions } from '@tanstack/react-query';
import { answer, api } from './client';
import type { components } from './schema';

export type Version = components['schemas']['VersionJson'];
export type ManifestProblem = components['schemas']['Problem'];

const isOpen = (version: Version) => version.compilation.state === 'pending' || version.compilation.state === 'compiling';

/** All extensions with their versions, read again for as long as one of them is being compiled. */
export const extensionsQuery = queryOptions({
  queryKey: ['extensions'],
  queryFn: () => answer(api.GET('/api/v1/extensions')),
  staleTime: 10_000,
  refetchInterval: (query) => (query.state.data?.items.some(({ versions }) => versions.some(isOpen)) ? 2_000 : false),
});

export const versionQuery = (extensionId: string, version: string) =>
  queryOptions({
    queryKey: ['version', extensionId, version],
    queryFn: (): Promise<Version> =>
      answer(api.GET('/api/v1/extensions/{extensionId}/versions/{version}', { params: { path: { extensionId, version } } })),
    staleTime: 10_000,
    refetchInterval: (query) => (query.state.data && isOpen(query.state.data) ? 2_000 : false),
  });

export const withdraw = (extensionId: string, version: string) =>
  answer(api.DELETE('/api/v1/extensions/{extensionId}/versions/{version}', { params: { path: { extensionId, version } } }));
