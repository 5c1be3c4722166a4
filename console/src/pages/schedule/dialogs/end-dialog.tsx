import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { withReading } from '../../../api/audit';
import { deleteSchedule, patchSchedule, restoreSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { readSchedule } from '../../../api/seen';
import { countToCome } from '../../../api/to-come';
import { refreshAll } from '../../../app/refresh-all';
import { PreviewDialog } from '../../../parts/dialog/preview-dialog';
import { ToCome } from '../../../parts/dialog/to-come';
import { say } from '../../../parts/feedback/toasts';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs;

// What each says of what waits, does, and answers: how it is taken back.
const ends = {
  disable: {
    words: words.disable,
    send: async (at: ScheduleAt, etag: string) => {
      const changed = await patchSchedule(at, { enabled: false }, etag);
      return () => patchSchedule(at, { enabled: true }, changed.etag);
    },
  },
  delete: {
    words: words.delete,
    send: async (at: ScheduleAt, etag: string) => {
      await deleteSchedule(at, etag);
      return () => restoreSchedule(at);
    },
  },
};

type Props = { how: keyof typeof ends; at: ScheduleAt; name: string; onClose: () => void };

/** Disables or deletes a schedule: first what of it will not run any more; and offers to take that back. */
export function EndDialog({ how, at, name, onClose }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const end = ends[how];
  async function carryOut({ etag }: { etag: string }): Promise<void> {
    const back = await end.send(at, etag);
    say(end.words.done(name), withReading(back, () => refreshAll(client)), at.scheduleId);
    if (how === 'delete') {
      await navigate({ to: '/t/$scope/schedules', params: { scope: at.tenant } });
      void client.invalidateQueries({ queryKey: ['schedules'] });
    } else {
      await refreshAll(client);
    }
  }
  return (
    <PreviewDialog
      title={end.words.title(name)}
      of={[how, at.scheduleId]}
      preview={async (signal) => {
        // Read before what is to come is counted: what changes in between is refused.
        const schedule = await readSchedule(at);
        return { schedule, etag: schedule.etag, runs: await countToCome(at, signal) };
      }}
      commit={() => end.words.submit}
      look="danger"
      onCommit={carryOut}
      onClose={onClose}
    >
      {({ schedule: { nextDueAt, timezone, activeRunId, waiting, backfill }, runs }) => (
        <>
          <ToCome runs={runs} next={nextDueAt} zone={timezone} underWay={activeRunId ? 1 : 0} />
          {waiting && waiting.catchUp > 0 && <p>{words.givesUp(waiting.catchUp)}</p>}
          {backfill && <p>{end.words.backfill(backfill.left)}</p>}
          <p>{end.words.text}</p>
        </>
      )}
    </PreviewDialog>
  );
}
