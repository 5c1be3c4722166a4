import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BackfillWish } from '../../api/backfill';
import { installQuery } from '../../api/installs';
import { scheduleQuery } from '../../api/schedule';
import { sayProblem } from '../../parts/feedback/toasts';
import ResumeLayerDialog from '../../parts/paused/resume-layer-dialog';
import { RerunDialog } from '../run/rerun-dialog';
import { BackfillDialog } from '../schedule/dialogs/backfill-dialog';
import { PolicyDialog } from '../schedule/dialogs/policy-dialog';
import { ResumeDialog } from '../schedule/dialogs/resume-dialog';
import { RunNowDialog } from '../schedule/dialogs/run-now-dialog';
import type { Remedy } from './remedy';
import type { RemedyOf } from './remedy-acts';

/** A time that is filled in: all of what did not run in it, or of what failed too. */
export type Filling = { from: string; to: string; which?: BackfillWish['which'] };

type Props = RemedyOf & { remedy: Remedy; filling: Filling; runId: string | undefined; onClose: () => void };

/** The dialog of a remedy, which shows first what it will do. */
export default function RemedyDialog({ remedy, runId, ...props }: Props) {
  const { at, name, onClose } = props;
  return remedy === 'rerun' && runId ? (
    <RerunDialog tenant={at.tenant} run={{ id: runId, scheduleId: at.scheduleId }} onClose={onClose} />
  ) : remedy === 'run-now' ? (
    <RunNowDialog at={at} name={name} onClose={onClose} />
  ) : remedy === 'resume-schedule' ? (
    <ResumeDialog at={at} name={name} onClose={onClose} />
  ) : remedy === 'resume-install' ? (
    <OfInstall {...props} />
  ) : remedy === 'resume-tenant' ? (
    <ResumeLayerDialog at={{ layer: 'tenant', tenant: at.tenant }} name={at.tenant} onClose={onClose} />
  ) : remedy === 'resume-host' ? (
    <ResumeLayerDialog at={{ layer: 'host' }} name="" onClose={onClose} />
  ) : (
    <OfSchedule {...props} remedy={remedy} />
  );
}

function OfInstall({ at, onClose }: Omit<Props, 'remedy' | 'runId'>) {
  const { data, error } = useQuery({ ...installQuery(at), retry: false });
  useClosing(error, onClose);
  const { tenant, installId } = at;
  return data ? <ResumeLayerDialog at={{ layer: 'install', tenant, installId }} name={data.extensionId} onClose={onClose} /> : null;
}

// By the schedule's own clocks, and with its policy as it is.
function OfSchedule({ at, name, filling, remedy, onClose }: Omit<Props, 'runId'>) {
  const { data, error } = useQuery({ ...scheduleQuery(at), retry: false });
  useClosing(error, onClose);
  return !data ? null : remedy === 'let-one-wait' ? (
    <PolicyDialog at={at} schedule={data} wish={{ overlap: 'queue-one' }} onClose={onClose} />
  ) : (
    <BackfillDialog at={at} name={name} zone={data.timezone} {...filling} onClose={onClose} />
  );
}

function useClosing(error: Error | null, close: () => void): void {
  useEffect(() => {
    if (error) {
      sayProblem(error);
      close();
    }
  }, [error, close]);
}
