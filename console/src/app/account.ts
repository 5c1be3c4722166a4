import { focusManager, type QueryClient } from '@tanstack/react-query';
import { sessionQuery, type SignedIn } from '../api/session';
import type { Session } from '../api/types';
import { refreshAll } from './refresh-all';

/** Whose data is looked at: another name, role or tenants see something else, and nobody sees nothing. */
export const accountOf = (session: Session | null): string => (session ? JSON.stringify([session.name, session.role, [...session.tenants].sort()]) : '');

const left = 'left';

type Others = { postMessage(what: string): void; addEventListener(name: 'message', listener: (message: { data: string }) => void): void };

/**
 * Keeps what was read for one account from being shown to the next: everything goes once somebody has signed out, or another account is there.
 * Where a session has ended by itself all of it stays for whoever it was, and nothing is asked for until somebody signs in again.
 * The cookie is the browser's, so other tabs are told to look at their session too, and that somebody has signed out.
 */
export function guardAccount(client: QueryClient, forget: (account: string, before: string | undefined) => void, others: Others | undefined): void {
  let account: string | undefined;
  let ended = false;
  const { queryKey } = sessionQuery;
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.query.queryKey[0] !== queryKey[0]) {
      return;
    }
    const session = event.query.state.data as SignedIn | null;
    const [before, had] = [account, ended];
    account = accountOf(session);
    ended = session?.ended === true;
    if (account === before && ended === had) {
      return;
    }
    if (account !== before) {
      // Before the first answer nothing was read for anybody.
      if (before !== undefined) {
        client.removeQueries({ predicate: ({ queryKey: [name] }) => name !== queryKey[0] });
      }
      forget(account, before);
    } else if (!ended) {
      void refreshAll(client);
    }
    // What asks by itself does so only while the page has the focus.
    focusManager.setFocused(ended ? false : undefined);
    others?.postMessage(before && !account ? left : '');
  });
  others?.addEventListener('message', ({ data }) => {
    if (data === left) {
      client.setQueryData(queryKey, null);
    } else {
      void client.invalidateQueries({ queryKey });
    }
  });
}
