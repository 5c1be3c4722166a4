import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, mendsItself, Refused, Unreachable } from '../api/problem';
import { sessionQuery } from '../api/session';
import { noteReachable } from '../live/connection';

function heard(error: unknown): void {
  if (error instanceof Unreachable) {
    noteReachable(false);
  } else if (error instanceof Refused) {
    noteReachable(true);
  }
  // Signed out elsewhere, expired, revoked: the shell shows the sign-in in place of the page, and the address stays.
  if (isSignedOut(error)) {
    queryClient.setQueryData(sessionQuery.queryKey, null);
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
