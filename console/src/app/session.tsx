import { createContext, useContext } from 'react';
import { mayChange, seesAll, type SignedIn } from '../api/session';

const SessionContext = createContext<SignedIn | undefined>(undefined);

export const SessionProvider = SessionContext.Provider;

/** Who is signed in; everything inside the shell has somebody. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (!session) {
    throw new Error('useSession outside the shell');
  }
  return session;
}

/** What the caller may do, for what is shown; the server decides each time anyway. */
export function useMay(): { change: boolean; seeAll: boolean; operate: boolean } {
  const session = useSession();
  return { change: mayChange(session), seeAll: seesAll(session), operate: session.role === 'operator' };
}
