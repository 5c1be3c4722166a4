import { notifyManager, useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { isSignedOut, mendsItself, Unreachable } from '../api/problem';

const shown = (client: QueryClient) => client.getQueryCache().findAll({ type: 'active' });

// A further page that was refused is said below its list, and is asked for again by whoever reads there.
const isFailed = ({ state: { status, fetchMeta } }: Query) => status === 'error' && !fetchMeta?.fetchMore;

// That nothing answers, and that somebody is to sign in, is said apart.
const isOld = (query: Query) => {
  const { data, error } = query.state;
  return isFailed(query) && data !== undefined && !(error instanceof Unreachable) && !isSignedOut(error);
};

/** Why something that is shown could not be read again, if anything could not. */
export const whyOld = (client: QueryClient): unknown => shown(client).find(isOld)?.state.error ?? undefined;

export function useWhyOld(): unknown {
  const client = useQueryClient();
  return useSyncExternalStore((tell) => client.getQueryCache().subscribe(notifyManager.batchCalls(tell)), () => whyOld(client));
}

/** Reads again what could not be read, where asking again may help. */
export const readFailed = (client: QueryClient) =>
  client.refetchQueries({ type: 'active', predicate: (query) => isFailed(query) && mendsItself(query.state.error) });
