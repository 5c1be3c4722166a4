import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { previewResume, resumeAsShown } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import { readSchedule } from '../../../api/seen';
import { PreviewDialog } from '../../../parts/dialog/preview-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Choice } from '../../../parts/form/choice';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.resume;
const ends = texts.schedule.dialogs.pause.ends;

/** Shows what runs and what does not when the pause ends, and ends it exactly so. */
export function ResumeDialog({ at, name, onClose }: { at: ScheduleAt; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const [onEnd, setOnEnd] = useState('');
  return (
    <PreviewDialog
      title={words.title(name)}
      of={['resume', at.scheduleId, onEnd]}
      form={
        <Choice
          label={words.onEnd}
          value={onEnd || 'as-said'}
          options={[{ value: 'as-said', text: words.asSaid }, ...ends]}
          onChange={(value) => setOnEnd(value === 'as-said' ? '' : value)}
        />
      }
      preview={async () => {
        // Read before the preview: what changes in between is refused.
        const { etag } = await readSchedule(at);
        return { ...(await previewResume(at, onEnd || undefined)), etag };
      }}
      commit={(preview) => words.commit(preview.runs)}
      onCommit={async (preview) => {
        await resumeAsShown(at, preview.token, preview.etag);
        say(words.done, undefined, at.scheduleId);
        await client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
      }}
      onClose={onClose}
    >
      {(preview) => (
        <p>
          {words.skipped(preview.skipped)} {words.runs(preview.runs)} {preview.stayPaused > 0 ? words.stays : ''}
        </p>
      )}
    </PreviewDialog>
  );
}
