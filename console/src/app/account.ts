import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../api/session';
import type { Session } from '../api/types';

/** Whose data is looked at: another name, role or tenants see something else, and nobody sees nothing. */
export const accountOf = (session: Session | null): string => (session ? JSON.stringify([session.name, session.role, [...session.tenants].sort()]) : '');

type Others = { postMessage(message: unknown): void; addEventListener(name: 'message', listener: () => void): void };

/**
 * Keeps what was read for one account from being shown to the next: everything goes once the session is over, or somebody else's.
 * The cookie is the browser's, so other tabs are told to look at their session too.
 */
export function guardAccount(client: QueryClient, forget: (account: string) => void, others: Others | undefined): void {
  let account: string | undefined;
  const [name] = sessionQuery.queryKey;
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.query.queryKey[0] !== name) {
      return;
    }
    const now = accountOf(event.query.state.data as Session | null);
    const before = account;
    account = now;
    if (now === before) {
      return;
    }
    // Before the first answer nothing was read for anybody.
    if (before !== undefined) {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== name });
    }
    forget(now);
    others?.postMessage(undefined);
  });
  others?.addEventListener('message', () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey }));
}
