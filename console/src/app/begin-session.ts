import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery, signIn } from '../api/session';
import { say } from '../parts/feedback/toasts';
import { texts } from '../texts';
import { dropCode } from './sign-in-address';

/** Signs in, and has the page go on as whoever that is; by a link it is said who. */
export async function beginSession(client: QueryClient, by: { token: string } | { code: string }): Promise<void> {
  await signIn(by);
  dropCode();
  // One that was asked for before knows nothing of it.
  await client.cancelQueries({ queryKey: sessionQuery.queryKey });
  const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
  if ('code' in by && session) {
    say(texts.signIn.signedIn(session.name, texts.shell.roles[session.role] ?? session.role));
  }
}
