import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refreshAll } from '../../app/refresh-all';
import { useMay } from '../../app/session';
import { texts } from '../../texts';
import { Button } from '../button';
import { Sentence } from '../sentence';
import { FromNow } from '../time/when';
import { Problem } from './problem';
import styles from './problem.module.css';
import { Skeleton } from './skeleton';
import { say, sayProblem } from './toasts';

const words = texts.parts.removed;

type Props = {
  id: string;
  name: string;
  /** What is known of its removal; nothing where it was never there, or is kept no more. */
  of: { removedBy: string; removedAt: string; restorableUntil: string } | undefined;
  isPending: boolean;
  /** That it is not there. */
  error: unknown;
  restore: () => Promise<unknown>;
  /** What is said once it is back. */
  done: string;
};

/** In place of the page of what is not there: that it was removed and can be brought back, or that there is none. */
export function Removed({ id, name, of, isPending, error, restore, done }: Props) {
  const client = useQueryClient();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  async function back(): Promise<void> {
    setBusy(true);
    try {
      await restore();
      say(done, undefined, id);
      await refreshAll(client);
    } catch (refused) {
      sayProblem(refused);
    } finally {
      setBusy(false);
    }
  }
  if (isPending) {
    return <Skeleton rows={3} />;
  }
  if (!of) {
    return <Problem error={error} />;
  }
  return (
    <div className={styles.problem} role="status">
      <strong>
        <Sentence of={words.title} name={name} by={of.removedBy} at={<FromNow at={of.removedAt} />} />
      </strong>
      <p className={styles.muted}>
        <Sentence of={words.until} at={<FromNow at={of.restorableUntil} />} />
      </p>
      {may.change && (
        <div>
          <Button look="main" isPending={busy} onPress={() => void back()}>
            {words.restore}
          </Button>
        </div>
      )}
    </div>
  );
}
