import type { Token } from '../../api/tokens';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog/dialog';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { Field } from '../../parts/form/field';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './access.module.css';

const words = texts.access.secret;

/** Shows a secret this once. A press beside it does not close it. */
export function SecretDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const secret = token.secret ?? '';
  const copy = () => void navigator.clipboard.writeText(secret).then(() => say(words.copied), sayProblem);
  return (
    <Dialog
      title={words.title(token.name)}
      onClose={onClose}
      urgent
      footer={
        <>
          {isSecureContext && <Button onPress={copy}>{words.copy}</Button>}
          <Button look="main" onPress={onClose}>
            {words.done}
          </Button>
        </>
      }
    >
      <p>{words.once}</p>
      <Field label={words.label} value={secret} isReadOnly mono autoFocus onFocus={(event) => (event.target as HTMLInputElement).select()} />
      <p className={styles.muted}>
        {words.use} <code>Authorization: Bearer {secret.slice(0, 8)}…</code>
      </p>
      {token.oldSecretUntil && (
        <p>
          <Sentence of={words.old} at={<When at={token.oldSecretUntil} />} />
        </p>
      )}
    </Dialog>
  );
}
