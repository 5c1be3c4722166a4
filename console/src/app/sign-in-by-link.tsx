import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isSignedOut } from '../api/problem';
import type { Session } from '../api/types';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog/dialog';
import { Problem } from '../parts/feedback/problem';
import { texts } from '../texts';
import { beginSession } from './begin-session';
import { dropCode } from './sign-in-address';

const words = texts.signIn;

/** Lies over the page of somebody who is signed in and followed a link: it is theirs to say whether they become whoever made it. */
export default function SignInByLink({ code, session }: { code: string; session: Session }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function follow(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await beginSession(client, { code });
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  }
  return (
    <Dialog
      title={words.title}
      onClose={dropCode}
      footer={
        <>
          <Button onPress={dropCode}>{words.stay}</Button>
          <Button look="main" isPending={busy} onPress={() => void follow()}>{words.goOn}</Button>
        </>
      }
    >
      <p>{words.now(session.name, texts.shell.roles[session.role] ?? session.role)}</p>
      <p>{words.byLink}</p>
      {isSignedOut(error) ? <p role="alert">{words.usedLink}</p> : error !== undefined && <Problem error={error} compact />}
    </Dialog>
  );
}
