import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Form } from 'react-aria-components/Form';
import { isSignedOut } from '../api/problem';
import { Button } from '../parts/button';
import { Problem } from '../parts/feedback/problem';
import { Field } from '../parts/form/field';
import { texts } from '../texts';
import { beginSession } from './begin-session';
import { Logo } from './shell/logo';
import { apiAddress } from './places';
import { codeOfLink, dropCode, isOwnMachine, onCode } from './sign-in-address';
import styles from './sign-in.module.css';

const words = texts.signIn;

/** Filled by the server when browsers can sign in at a provider. */
const provider = () => document.querySelector<HTMLMetaElement>('meta[name="escapement-provider"]')?.content === 'yes';

type Props = {
  /** Whether somebody was signed in before. */
  again: boolean;
  /** Whether their page lies below, with what they typed. */
  over?: boolean;
};

/** Stands where the page would be, so that whoever signs in is where they wanted to go. */
export const SignIn = (props: Props) => (
  <main className={styles.page}>
    <SignInCard {...props} />
  </main>
);

export function SignInCard({ again, over = false }: Props) {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [missing, setMissing] = useState(false);
  const [byLink, setByLink] = useState(false);
  const code = useSyncExternalStore(onCode, codeOfLink);

  function submit(): void {
    setMissing(token.trim() === '');
    if (token.trim() !== '') {
      void begin({ token: token.trim() });
    }
  }

  async function begin(by: { token: string } | { code: string }): Promise<void> {
    setByLink('code' in by);
    setBusy(true);
    setError(undefined);
    try {
      await beginSession(client, by);
      setToken('');
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  }

  function follow(code: string): void {
    dropCode();
    void begin({ code });
  }

  // Once: it is dropped as it is followed.
  useEffect(() => {
    const code = codeOfLink();
    if (code && !again && isOwnMachine(location.hostname)) {
      follow(code);
    }
  });
  useEffect(() => {
    const before = document.title;
    document.title = texts.shell.title(words.title);
    return () => {
      document.title = before;
    };
  }, []);

  const returnTo = encodeURIComponent(location.pathname + location.search);
  return (
    <div className={styles.card}>
      <div className={styles.brand}><Logo />{texts.shell.product}</div>
      <h1 id="sign-in">{words.title}</h1>
      {again && <p className={styles.muted}>{over ? texts.shell.ended : texts.shell.signedOut}</p>}
      {code && <ByLink onFollow={() => follow(code)} />}
      {provider() && (
        <>
          <a className={styles.provider} href={apiAddress(`api/v1/session/sign-in?returnTo=${returnTo}`)} target={over ? '_blank' : undefined}>
            {words.provider}
          </a>
          {over && <p className={styles.muted}>{words.elsewhere}</p>}
          <p className={styles.muted}>{words.or}</p>
        </>
      )}
      <Form className={styles.form} validationBehavior="aria" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        {/* A password manager keeps the token under a name, and browsers complain of a form without one. */}
        <input type="text" name="username" autoComplete="username" value={words.keptAs} readOnly hidden />
        <Field
          label={words.token}
          hint={words.tokenHint}
          type="password"
          autoComplete="current-password"
          value={token}
          onChange={setToken}
          error={missing ? words.empty : isSignedOut(error) && !byLink ? words.wrong : undefined}
          mono
          autoFocus={!code}
        />
        <Button look="main" type="submit" isPending={busy}>{words.submit}</Button>
      </Form>
      {byLink && isSignedOut(error) && <p role="alert">{words.usedLink}</p>}
      {error !== undefined && !isSignedOut(error) && <Problem error={error} compact />}
      <p className={styles.muted}>{words.whereFrom}</p>
    </div>
  );
}

/**
 * Asks first, but for a link of this very machine where nobody was signed in: whoever sends somebody a link of their own would have them work, and paste
 * secrets, in the sender's account.
 */
function ByLink({ onFollow }: { onFollow: () => void }) {
  return (
    <>
      <p>{words.byLink}</p>
      <Button look="main" onPress={onFollow} autoFocus>{words.goOn}</Button>
      <p className={styles.muted}>{words.or}</p>
    </>
  );
}
