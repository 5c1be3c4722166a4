import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { deleteSchedule, restoreSchedule } from '../../../api/change';
import type { ScheduleAt } from '../../../api/runs';
import { refreshAll } from '../../../app/refresh-all';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { say } from '../../../parts/feedback/toasts';
import { texts } from '../../../texts';

const words = texts.schedule.dialogs.delete;

export function DeleteDialog({ at, name, etag, onClose }: { at: ScheduleAt; name: string; etag: string; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  async function submit(): Promise<void> {
    await deleteSchedule(at, etag);
    say(
      words.done(name),
      async () => {
        await restoreSchedule(at);
        await refreshAll(client);
      },
      at.scheduleId,
    );
    await navigate({ to: '/t/$scope/schedules', params: { scope: at.tenant } });
    void client.invalidateQueries({ queryKey: ['schedules'] });
  }
  return (
    <FormDialog title={words.title(name)} submit={words.submit} look="danger" onSubmit={submit} onClose={onClose}>
      {() => <p>{words.text}</p>}
    </FormDialog>
  );
}
