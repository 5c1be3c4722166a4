import { useMemo, useState } from 'react';
import type { ScheduleAt } from '../../api/runs';
import type { Schedule } from '../../api/types';
import { useCommands } from '../../app/commands';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { ActionMenu } from '../../parts/menu';
import { texts } from '../../texts';
import { BackfillDialog } from './dialogs/backfill-dialog';
import { EditDialog } from './dialogs/edit-dialog';
import { EndDialog } from './dialogs/end-dialog';
import { PauseDialog } from './dialogs/pause-dialog';
import { ResumeDialog } from './dialogs/resume-dialog';
import { RunNowDialog } from './dialogs/run-now-dialog';
import { useEnabling } from './use-enabling';

const words = texts.schedule.actions;
type Open = 'run-now' | 'pause' | 'resume' | 'edit' | 'backfill' | 'disable' | 'delete';

/** What can be done with a schedule, as buttons and as commands of the palette. */
export function ScheduleActions({ at, schedule, name }: { at: ScheduleAt; schedule: Schedule; name: string }) {
  const [open, setOpen] = useState<Open>();
  const enable = useEnabling(at, name);
  const may = useMay();
  const close = () => setOpen(undefined);
  const paused = schedule.pauses?.some((pause) => pause.layer === 'schedule') ?? false;

  const choices = useMemo(
    () => ({
      main: [
        { id: 'run-now', text: words.runNow, act: () => setOpen('run-now') },
        paused ? { id: 'resume', text: words.resume, act: () => setOpen('resume') } : { id: 'pause', text: words.pause, act: () => setOpen('pause') },
        { id: 'edit', text: words.edit, act: () => setOpen('edit') },
      ],
      more: [
        { id: 'backfill', text: words.backfill, act: () => setOpen('backfill') },
        schedule.enabled
          ? { id: 'disable', text: words.disable, act: () => setOpen('disable') }
          : { id: 'enable', text: words.enable, act: () => void enable(schedule.etag) },
        { id: 'delete', text: words.delete, act: () => setOpen('delete') },
      ],
    }),
    // What enables it has nothing of its own but what it is of.
    [at, name, paused, schedule.enabled, schedule.etag],
  );
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
      {(open === 'disable' || open === 'delete') && <EndDialog how={open} at={at} name={name} onClose={close} />}
    </>
  );
}
