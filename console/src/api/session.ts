import { queryOptions } from '@tanstack/react-query';
import { noteServerTime } from '../app/clock';
import { allTenants } from '../app/scope-name';
import { answer, api } from './client';
import { Refused } from './problem';
import type { Session } from './types';

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      const call = await api.GET('/api/v1/session');
      noteServerTime(call.response.headers.get('date'));
      return await answer(Promise.resolve(call));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        return null;
      }
      throw error;
    }
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
