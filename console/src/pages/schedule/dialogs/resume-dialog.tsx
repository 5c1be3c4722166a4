import { useQueryClient } from '@tanstack/react-query';
import { undoOf, withReading } from '../../../api/audit';
import { previewResume, resumeAsShown } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { ownPause, readSchedule } from '../../../api/seen';
import { refreshAll } from '../../../app/refresh-all';
import { useSession } from '../../../app/session';
import { ResumeForm } from '../../../parts/dialog/resume-form';
import { say } from '../../../parts/feedback/toasts';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.resume;

/** Shows what runs and what does not when the pause ends, ends it exactly so, and offers to take that back. */
export function ResumeDialog({ at, name, onClose }: { at: ScheduleAt; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const me = useSession().name;
  return (
    <ResumeForm
      title={words.title(name)}
      of={['resume', at.scheduleId]}
      preview={async (onEnd) => {
        // Read before the preview: what changes in between is refused.
        const schedule = await readSchedule(at);
        return { ...(await previewResume(at, onEnd)), etag: schedule.etag, since: ownPause(schedule)?.since ?? schedule.updatedAt };
      }}
      onResume={async (preview) => {
        await resumeAsShown(at, preview.token, preview.etag);
        const undo = await undoOf(at.tenant, { target: at.scheduleId, by: me, fields: ['pause'], after: preview.since });
        say(words.done, withReading(undo, () => refreshAll(client)), at.scheduleId);
        await refreshAll(client);
      }}
      onClose={onClose}
    />
  );
}
