import type { Token } from '../../api/tokens';
import { Button } from '../../parts/button';
import { CopyButton } from '../../parts/copy-button';
import { Dialog } from '../../parts/dialog/dialog';
import { Field } from '../../parts/form/field';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './access.module.css';

const words = texts.access.secret;

/** Shows a secret this once. */
export function SecretDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const secret = token.secret ?? '';
  return (
    <Dialog
      title={words.title(token.name)}
      onClose={onClose}
      loses={words.lost}
      footer={
        <>
          <CopyButton of={() => secret}>{words.copy}</CopyButton>
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
