import { useQueryClient } from '@tanstack/react-query';
import { backfillOf, withReading } from '../../../api/audit';
import { beginBackfill, endBackfill, previewBackfill, readBackfill, type BackfillWish } from '../../../api/backfill';
import type { ScheduleAt } from '../../../api/runs';
import type { Backfill } from '../../../api/types';
import { refreshAll } from '../../../app/refresh-all';
import { PreviewDialog } from '../../../parts/dialog/preview-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Sentence } from '../../../parts/sentence';
import { When } from '../../../parts/time/when';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.backfill;

type Props = { at: ScheduleAt; name: string; zone: string; onClose: () => void };

/** Ends a backfill: first how much of it has not run; and offers to begin again with that. */
export function EndBackfillDialog({ at, name, zone, onClose }: Props) {
  const client = useQueryClient();
  async function carryOut(ended: Backfill): Promise<void> {
    const { next, to, which, note } = ended;
    await endBackfill(at);
    // It goes from the oldest on, so all that it left lies from its next one on.
    const back = next
      ? async () => {
          const { preview } = await previewBackfill(at, { from: next, to, which: which as BackfillWish['which'] });
          await beginBackfill(at, preview.token, note ?? '');
        }
      : undefined;
    say(words.ended(name), withReading(back, () => refreshAll(client)), backfillOf(at.scheduleId));
    await refreshAll(client);
  }
  return (
    <PreviewDialog
      title={words.endTitle(name)}
      of={['end backfill', at.scheduleId]}
      preview={(signal) => readBackfill(at, signal)}
      commit={({ backfill }) => (backfill ? words.endSubmit : undefined)}
      look="danger"
      onCommit={async ({ backfill }) => backfill && (await carryOut(backfill))}
      onClose={onClose}
    >
      {({ backfill, last }) =>
        backfill ? (
          <>
            <p>{words.leaves(backfill.left, backfill.total)}</p>
            {backfill.next && (
              <p>
                <Sentence of={words.firstLeft} at={<When at={backfill.next} zone={zone} />} />
              </p>
            )}
            {last && last.id === backfill.id && last.open > 0 && <p>{words.finishes}</p>}
            <p>{words.canWait}</p>
          </>
        ) : (
          <p>{words.hasEnded}</p>
        )
      }
    </PreviewDialog>
  );
}
