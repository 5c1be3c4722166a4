import { queryOptions } from '@tanstack/react-query';
import { noteServerTime } from '../app/clock';
import { allTenants } from '../app/scope-name';
import { answer, api, ownPage } from './client';
import { isSignedOut } from './problem';
import type { Session } from './types';

/** Who is signed in. `ended`: the session is over though nobody signed out, and the page waits for them to sign in again. */
export type SignedIn = Session & { ended?: true };

const queryKey = ['session'];

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey,
  queryFn: async ({ client }): Promise<SignedIn | null> => {
    const asked = Date.now();
    try {
      // By the header the host's own page is told that nobody is signed in without an error, which browsers write down.
      const session = await answer(api.GET('/api/v1/session', { headers: ownPage }));
      if (session) {
        noteServerTime(session.now, session.clockSpeed, asked);
        return session;
      }
    } catch (error) {
      // Where an application's own policy lets in, that has its own answer.
      if (!isSignedOut(error)) {
        throw error;
      }
    }
    const before = client.getQueryData<SignedIn | null>(queryKey);
    return before ? { ...before, ended: true } : null;
  },
  staleTime: 60_000,
});

export const signIn = (by: { token: string } | { code: string }) => answer(api.POST('/api/v1/session', { body: by }));
export const signOut = () => answer(api.DELETE('/api/v1/session'));

/** Whether a session may look at all tenants at once. */
export const seesAll = (session: Session) => session.role === 'operator' || session.tenants.includes('*');

/** Whether it may change what belongs to tenants; viewers look only. */
export const mayChange = (session: Session) => session.role === 'operator' || session.role === 'admin';

/** Where somebody begins who named no tenant. */
export const firstScope = (session: Session) => (seesAll(session) ? allTenants : (session.tenants[0] ?? allTenants));
