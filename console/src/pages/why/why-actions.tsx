import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { occurrenceOf, withReading } from '../../api/audit';
import type { ScheduleAt } from '../../api/runs';
import { scheduleQuery, skip, takeSkipBack } from '../../api/schedule';
import type { Why } from '../../api/types';
import { refreshAll } from '../../app/refresh-all';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { texts } from '../../texts';
import { RerunDialog } from '../run/rerun-dialog';
import { BackfillDialog } from '../schedule/dialogs/backfill-dialog';
import { ResumeDialog } from '../schedule/dialogs/resume-dialog';
import { RunNowDialog } from '../schedule/dialogs/run-now-dialog';
import { useEnabling } from '../schedule/use-enabling';
import { remediesOf, type Remedy } from './remedy';
import styles from './why.module.css';

const words = texts.why.buttons;
const names: Record<Remedy, string> = {
  rerun: words.rerun,
  'run-now': words.runNow,
  backfill: words.backfill,
  'resume-schedule': words.resume,
  'enable-schedule': words.enable,
  'take-skip-back': words.takeBack,
};

/** The remedy as buttons. */
export function WhyActions({ at, name, zone, why }: { at: ScheduleAt; name: string; zone: string; why: Why }) {
  const [open, setOpen] = useState<Remedy>();
  const client = useQueryClient();
  const may = useMay();
  const remedies = remediesOf(why);
  const enable = useEnabling(at, name);
  const now = useQuery({ ...scheduleQuery(at), enabled: remedies.includes('enable-schedule') || remedies.includes('take-skip-back') }).data;
  const close = () => setOpen(undefined);
  const run = why.causes.find((cause) => cause.ref?.kind === 'run')?.ref;
  async function unskip(): Promise<void> {
    const note = now?.skips?.find((one) => Date.parse(one.at) === Date.parse(why.at))?.note;
    try {
      await takeSkipBack(at, why.at);
      const back = note === undefined ? undefined : () => skip(at, why.at, note);
      say(texts.schedule.saved, withReading(back, () => refreshAll(client)), occurrenceOf(at.scheduleId, why.at));
      await refreshAll(client);
    } catch (error) {
      sayProblem(error);
    }
  }
  if (!may.change || remedies.length === 0) {
    return null;
  }
  return (
    <div className={styles.buttons}>
      {remedies.map((remedy, place) => (
        <Button
          key={remedy}
          isDisabled={remedy === 'enable-schedule' && now === undefined}
          look={place === 0 ? 'main' : 'plain'}
          onPress={() => (remedy === 'enable-schedule' ? now && void enable(now.etag) : remedy === 'take-skip-back' ? void unskip() : setOpen(remedy))}
        >
          {names[remedy]}
        </Button>
      ))}
      {open === 'rerun' && run && <RerunDialog tenant={at.tenant} run={{ id: run.id, scheduleId: at.scheduleId }} onClose={close} />}
      {open === 'resume-schedule' && <ResumeDialog at={at} name={name} onClose={close} />}
      {open === 'run-now' && <RunNowDialog at={at} name={name} onClose={close} />}
      {open === 'backfill' && <BackfillDialog at={at} name={name} zone={zone} from={why.at} onClose={close} />}
    </div>
  );
}
