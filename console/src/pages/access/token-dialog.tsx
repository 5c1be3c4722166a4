import type { Token } from '../../api/tokens';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Fact } from '../../parts/fact';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './access.module.css';
import { Expires, LastUsed, reachOf, StandingChip } from './columns';

const words = texts.access;

export function TokenDialog({
  token,
  onRotate,
  onRevoke,
  onClose,
}: {
  token: Token;
  onRotate: () => void;
  onRevoke: () => void;
  onClose: () => void;
}) {
  const may = useMay();
  return (
    <Dialog
      title={token.name}
      onClose={onClose}
      footer={
        may.change && (
          <>
            <Button onPress={onRotate}>{words.act.rotate}</Button>
            <Button look="danger" onPress={onRevoke}>
              {words.act.revoke}
            </Button>
          </>
        )
      }
    >
      <dl className={styles.facts}>
        <Fact name={words.columns.role}>
          {texts.shell.roles[token.role] ?? token.role} <StandingChip of={token} />
        </Fact>
        <Fact name={words.columns.reach}>{reachOf(token)}</Fact>
        <Fact name={words.columns.used}>
          <LastUsed of={token} />
        </Fact>
        <Fact name={words.columns.expires}>
          {token.expiresAt ? (
            <Sentence of={words.expiresAt} at={<When at={token.expiresAt} />} away={<Expires of={token} />} />
          ) : (
            <Expires of={token} />
          )}
        </Fact>
        <Fact name={words.columns.by}>
          <Sentence of={words.madeBy} who={token.madeBy} at={<When at={token.createdAt} />} />
        </Fact>
        {token.oldSecretUntil && (
          <Fact name={words.standing.grace ?? ''}>
            <Sentence of={words.graceUntil} at={<When at={token.oldSecretUntil} />} />
          </Fact>
        )}
      </dl>
    </Dialog>
  );
}
