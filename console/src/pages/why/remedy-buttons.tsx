import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../parts/button';
import { sayProblem } from '../../parts/feedback/toasts';
import { texts } from '../../texts';
import { isActed, type Remedy } from './remedy';
import type { RemedyOf } from './remedy-acts';
import type { Filling } from './remedy-dialog';

// The first page has the buttons too: what is behind one comes when somebody presses it.
const RemedyDialog = lazy(() => import('./remedy-dialog'));

const names: Record<Remedy, string> = {
  rerun: texts.why.buttons.rerun,
  'run-now': texts.why.buttons.runNow,
  backfill: texts.why.buttons.backfill,
  'resume-backfill': texts.why.buttons.goOn,
  'take-skip-back': texts.why.buttons.takeBack,
  'let-one-wait': texts.why.buttons.letWait,
  'enable-schedule': texts.why.buttons.enable,
  'enable-install': texts.why.buttons.enableInstall,
  'restore-schedule': texts.why.buttons.restore,
  'restore-install': texts.why.buttons.restoreInstall,
  'resume-schedule': texts.why.buttons.resume,
  'resume-install': texts.parts.pause.resume.install,
  'resume-tenant': texts.parts.pause.resume.tenant,
  'resume-host': texts.parts.pause.resume.host,
};

type Props = RemedyOf & {
  remedies: readonly Remedy[];
  /** What is filled in, as far as that is offered. */
  filling: Filling;
  /** The run that is run again; without one that is not offered. */
  runId?: string | undefined;
  /** Among many: none of them stands out. */
  calm?: boolean;
};

/** Remedies as buttons: some are done at once and offer their undoing, others open what shows first what they will do. */
export function RemedyButtons({ remedies, filling, runId, calm = false, ...of }: Props) {
  const client = useQueryClient();
  const [open, setOpen] = useState<Remedy>();
  const [busy, setBusy] = useState<Remedy>();
  async function press(remedy: Remedy): Promise<void> {
    if (!isActed(remedy)) {
      setOpen(remedy);
      return;
    }
    setBusy(remedy);
    try {
      const { carryOut } = await import('./remedy-acts');
      await carryOut(remedy, of, client);
    } catch (error) {
      sayProblem(error);
    } finally {
      setBusy(undefined);
    }
  }
  const shown = remedies.filter((remedy) => remedy !== 'rerun' || runId);
  return (
    <>
      {shown.map((remedy, place) => (
        <Button key={remedy} look={place === 0 && !calm ? 'main' : 'plain'} isPending={busy === remedy} onPress={() => void press(remedy)}>
          {names[remedy]}
        </Button>
      ))}
      {open && (
        <Suspense>
          <RemedyDialog {...of} remedy={open} filling={filling} runId={runId} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}
