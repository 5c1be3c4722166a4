import { useState } from 'react';
import { rotateToken, type Token } from '../../api/tokens';
import { now } from '../../app/clock';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { Choice } from '../../parts/form/choice';
import { texts } from '../../texts';
import styles from './access.module.css';
import { lifetimeOptions } from './make-dialog';
import { expiresIn } from './standing';

const words = texts.access.rotate;

/** Gives a token another secret; the old one goes on for a grace. */
export function RotateDialog({ token, onRotated, onClose }: { token: Token; onRotated: (token: Token) => void; onClose: () => void }) {
  const [grace, setGrace] = useState('3600');
  // The instant is of the dialog: asked for again it is the same request, which makes nothing twice.
  const [opened] = useState(now);
  const [lifetime, setLifetime] = useState('keep');
  const submit = async () =>
    onRotated(await rotateToken(token, { graceSeconds: Number(grace), ...(lifetime === 'keep' ? {} : { expires: expiresIn(lifetime, opened) }) }));
  return (
    <FormDialog title={words.title(token.name)} submit={words.submit} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <p>{words.text}</p>
          <Choice
            label={words.grace}
            value={grace}
            onChange={setGrace}
            options={Object.entries(words.graces).map(([value, text]) => ({ value, text }))}
          />
          {grace === '0' && <p className={styles.muted}>{words.ends}</p>}
          <Choice label={words.expires} value={lifetime} onChange={setLifetime} options={[{ value: 'keep', text: words.keep }, ...lifetimeOptions]} />
          {errors.expires && <p className={styles.error}>{errors.expires}</p>}
        </>
      )}
    </FormDialog>
  );
}
