import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { onSignedOut } from '../api/client';
import { mendsItself, Refused, Unreachable } from '../api/problem';
import { sessionQuery } from '../api/session';
import { noteReachable } from '../live/connection';

function heard(error: unknown): void {
  if (error instanceof Unreachable) {
    noteReachable(false);
  } else if (error instanceof Refused) {
    noteReachable(true);
  }
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: heard, onSuccess: () => noteReachable(true) }),
  mutationCache: new MutationCache({ onError: heard }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => mendsItself(error) && failures < 2,
      retryDelay: (failures) => 500 * 2 ** failures,
      // The browser's own idea of being offline knows nothing of a server on this machine.
      networkMode: 'always',
      throwOnError: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

// Signed out elsewhere, expired, revoked: whoever it is is asked, and the sign-in goes over the page.
onSignedOut(() => {
  const { queryKey } = sessionQuery;
  const session = queryClient.getQueryData(queryKey);
  if (session && !session.ended) {
    void queryClient.invalidateQueries({ queryKey }, { cancelRefetch: false });
  }
});
