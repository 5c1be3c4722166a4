import { useState } from 'react';
import { isRefused } from '../../api/problem';
import { revokeToken, type Token } from '../../api/tokens';
import { useSession } from '../../app/session';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { say } from '../../parts/feedback/toasts';
import { Tick } from '../../parts/form/tick';
import { Sentence } from '../../parts/sentence';
import { FromNow } from '../../parts/time/when';
import { list, texts } from '../../texts';

const words = texts.access.revoke;

/** Says what revoking ends and what it leaves, and revokes. */
export function RevokeDialog({
  token,
  tokens,
  onDone,
  onClose,
}: {
  token: Token;
  tokens: readonly Token[];
  onDone: () => void;
  onClose: () => void;
}) {
  const session = useSession();
  const [last, setLast] = useState(false);
  const [evenLast, setEvenLast] = useState(false);
  const made = tokens.filter(({ madeBy, id }) => madeBy === token.name && id !== token.id);
  async function submit(): Promise<void> {
    try {
      await revokeToken(token, evenLast);
    } catch (error) {
      setLast(last || isRefused(error, 'last-operator'));
      throw error;
    }
    say(words.done(token.name));
    onDone();
  }
  return (
    <FormDialog
      title={words.title(token.name)}
      submit={words.submit}
      look="danger"
      missing={last && !evenLast ? words.lastMissing : undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{words.text}</p>
      {token.lastUsedAt && (
        <p>
          <Sentence of={words.used} at={<FromNow at={token.lastUsedAt} />} />
        </p>
      )}
      {token.id === session.tokenId && <p>{words.own}</p>}
      {made.length > 0 && <p>{words.made(made.length, list(made.map(({ name }) => name)))}</p>}
      {last && (
        <Tick isSelected={evenLast} onChange={setEvenLast}>
          {words.last}
        </Tick>
      )}
    </FormDialog>
  );
}
