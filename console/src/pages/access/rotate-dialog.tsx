import { useState } from 'react';
import { rotateToken, type Token } from '../../api/tokens';
import { now } from '../../app/clock';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { Choice } from '../../parts/form/choice';
import { texts } from '../../texts';
import styles from './access.module.css';
import { LifetimeChoice } from './lifetime-choice';
import { expiresIn, keep, lifetimesOf, mine } from './lifetimes';

const words = texts.access.rotate;

type Props = {
  token: Token;
  /** When the token ends that the reader uses. */
  own: string | null | undefined;
  onRotated: (token: Token) => void;
  onClose: () => void;
};

/** Gives a token another secret; the old one goes on for a grace. */
export function RotateDialog({ token, own, onRotated, onClose }: Props) {
  const [grace, setGrace] = useState('3600');
  // The instant is of the dialog: asked for again it is the same request, which makes nothing twice.
  const [opened] = useState(now);
  const [chosen, setChosen] = useState<string>();
  const lifetimes = lifetimesOf(token, own, opened);
  const lifetime = chosen ?? (lifetimes.includes(keep) ? keep : mine);
  const submit = async () =>
    onRotated(await rotateToken(token, { graceSeconds: Number(grace), ...(lifetime === keep ? {} : { expires: expiresIn(lifetime, opened, own) }) }));
  return (
    <FormDialog title={words.title(token.name)} submit={words.submit} onSubmit={submit} onClose={onClose}>
      <p>{words.text}</p>
      <Choice
        label={words.grace}
        value={grace}
        onChange={setGrace}
        name="graceSeconds"
        options={Object.entries(words.graces).map(([value, text]) => ({ value, text }))}
      />
      {grace === '0' && <p className={styles.muted}>{words.ends}</p>}
      <LifetimeChoice label={words.expires} value={lifetime} among={lifetimes} own={own} onChange={setChosen} />
    </FormDialog>
  );
}
