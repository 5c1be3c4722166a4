import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { patchSchedule } from '../../api/change';
import type { ScheduleAt } from '../../api/runs';
import { scheduleQuery } from '../../api/schedule';
import type { Schedule } from '../../api/types';
import { useCommands } from '../../app/commands';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { ActionMenu } from '../../parts/menu';
import { texts } from '../../texts';
import { BackfillDialog } from './dialogs/backfill-dialog';
import { DeleteDialog } from './dialogs/delete-dialog';
import { EditDialog } from './dialogs/edit-dialog';
import { PauseDialog } from './dialogs/pause-dialog';
import { ResumeDialog } from './dialogs/resume-dialog';
import { RunNowDialog } from './dialogs/run-now-dialog';

const words = texts.schedule.actions;
type Open = 'run-now' | 'pause' | 'resume' | 'edit' | 'backfill' | 'delete';

/** What can be done with a schedule, as buttons and as commands of the palette. */
export function ScheduleActions({ at, schedule, name }: { at: ScheduleAt; schedule: Schedule; name: string }) {
  const [open, setOpen] = useState<Open>();
  const client = useQueryClient();
  const may = useMay();
  const close = () => setOpen(undefined);
  const paused = schedule.pauses?.some((pause) => pause.layer === 'schedule') ?? false;

  const choices = useMemo(() => {
    async function setEnabled(enabled: boolean): Promise<void> {
      const put = (changed: Schedule) => client.setQueryData(scheduleQuery(at).queryKey, changed);
      try {
        const changed = await patchSchedule(at, { enabled }, schedule.etag);
        put(changed);
        say(texts.schedule.saved, async () => put(await patchSchedule(at, { enabled: !enabled }, changed.etag)), at.scheduleId);
      } catch (error) {
        sayProblem(error);
      }
    }
    return {
      main: [
        { id: 'run-now', text: words.runNow, act: () => setOpen('run-now') },
        paused ? { id: 'resume', text: words.resume, act: () => setOpen('resume') } : { id: 'pause', text: words.pause, act: () => setOpen('pause') },
        { id: 'edit', text: words.edit, act: () => setOpen('edit') },
      ],
      more: [
        { id: 'backfill', text: words.backfill, act: () => setOpen('backfill') },
        schedule.enabled
          ? { id: 'disable', text: words.disable, act: () => void setEnabled(false) }
          : { id: 'enable', text: words.enable, act: () => void setEnabled(true) },
        { id: 'delete', text: words.delete, act: () => setOpen('delete') },
      ],
    };
  }, [at, client, paused, schedule.enabled, schedule.etag]);
  const commands = useMemo(
    () => (may.change ? [...choices.main, ...choices.more].map((choice) => ({ ...choice, id: `schedule-${choice.id}`, hint: name })) : []),
    [may.change, choices, name],
  );
  useCommands(commands);
  if (!may.change) {
    return null;
  }
  return (
    <>
      {choices.main.map((choice) => (
        <Button key={choice.id} onPress={choice.act}>
          {choice.text}
        </Button>
      ))}
      <ActionMenu name={words.more} choices={choices.more}>
        ⋯
      </ActionMenu>
      {open === 'run-now' && <RunNowDialog at={at} name={name} onClose={close} />}
      {open === 'pause' && <PauseDialog at={at} name={name} seen={schedule} onClose={close} />}
      {open === 'resume' && <ResumeDialog at={at} name={name} onClose={close} />}
      {open === 'edit' && <EditDialog at={at} schedule={schedule} name={name} onClose={close} />}
      {open === 'backfill' && <BackfillDialog at={at} name={name} zone={schedule.timezone} onClose={close} />}
      {open === 'delete' && <DeleteDialog at={at} name={name} etag={schedule.etag} onClose={close} />}
    </>
  );
}
