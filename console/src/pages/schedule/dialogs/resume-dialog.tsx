import { useQueryClient } from '@tanstack/react-query';
import { previewResume, resumeAsShown } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import { readSchedule } from '../../../api/seen';
import { ResumeForm } from '../../../parts/dialog/resume-form';
import { say } from '../../../parts/feedback/toasts';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.resume;

/** Shows what runs and what does not when the pause ends, and ends it exactly so. */
export function ResumeDialog({ at, name, onClose }: { at: ScheduleAt; name: string; onClose: () => void }) {
  const client = useQueryClient();
  return (
    <ResumeForm
      title={words.title(name)}
      of={['resume', at.scheduleId]}
      preview={async (onEnd) => {
        // Read before the preview: what changes in between is refused.
        const { etag } = await readSchedule(at);
        return { ...(await previewResume(at, onEnd)), etag };
      }}
      onResume={async (preview) => {
        await resumeAsShown(at, preview.token, preview.etag);
        say(words.done, undefined, at.scheduleId);
        await client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
      }}
      onClose={onClose}
    />
  );
}
