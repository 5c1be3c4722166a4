import { Link } from '@tanstack/react-router';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { holdBackfill, letBackfillGoOn } from '../../api/backfill';
import { isRetrying } from '../../api/of-run';
import { runQuery, type ScheduleAt } from '../../api/runs';
import { scheduleQuery } from '../../api/schedule';
import type { Schedule } from '../../api/types';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { sayProblem } from '../../parts/feedback/toasts';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Retry } from '../../parts/outcome/retry';
import { layerOf } from '../../parts/paused/pauses';
import { PauseNotice } from '../../parts/paused/pause-notice';
import { Sentence } from '../../parts/sentence';
import { Elapsed } from '../../parts/time/elapsed';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { EndBackfillDialog } from './dialogs/end-backfill-dialog';
import styles from './schedule.module.css';

const words = texts.schedule.state;
const backfill = texts.schedule.dialogs.backfill;

type Props = {
  at: ScheduleAt;
  schedule: Schedule;
  name: string;
  /** That of its install, by which that is called. */
  extension: string | undefined;
};

/** What stands in the way of a schedule, or is under way: pauses with who and until when, failures, a backfill. */
export function Notices({ at, schedule, name, extension }: Props) {
  const client = useQueryClient();
  const may = useMay();
  const [ending, setEnding] = useState(false);
  async function then(act: Promise<unknown>): Promise<void> {
    try {
      await act;
    } catch (error) {
      sayProblem(error);
    }
    await client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
  }
  const { pauses, backfill: filling, waiting } = schedule;
  return (
    <div className={styles.notices}>
      {schedule.activeRunId && <OpenRun at={at} runId={schedule.activeRunId} most={schedule.policy.retry?.maxAttempts ?? undefined} />}
      {!schedule.enabled && (
        <div className={styles.notice}>
          <Mark of="disabled">{words.disabled}</Mark>
        </div>
      )}
      {(pauses ?? []).map((pause) => (
        <PauseNotice key={pause.layer} pause={pause} zone={schedule.timezone} of={layerOf(pause, at, extension)} />
      ))}
      {schedule.failuresInARow > 0 && (
        <div className={styles.notice}>
          <Mark of="failed">{words.failing(schedule.failuresInARow, schedule.policy.pauseAfterFailures ?? 0)}</Mark>
          {schedule.lastError && <code>{schedule.lastError}</code>}
        </div>
      )}
      {waiting && waiting.catchUp > 0 && (
        <div className={styles.notice}>
          <Mark of="queued">{words.waiting(waiting.catchUp)}</Mark>
        </div>
      )}
      {filling && (
        <div className={styles.notice}>
          <Mark of={filling.paused || pauses?.length ? 'paused' : 'running'}>
            {backfill.state(filling.total - filling.left, filling.total)} {filling.paused ? backfill.paused : pauses?.length ? backfill.waits : ''}
          </Mark>
          {filling.next && (
            <span>
              <Sentence of={backfill.next} at={<When at={filling.next} zone={schedule.timezone} />} />
            </span>
          )}
          {may.change && (
            <>
              <Button onPress={() => void then(filling.paused ? letBackfillGoOn(at) : holdBackfill(at))}>
                {filling.paused ? backfill.goOn : backfill.hold}
              </Button>
              <Button onPress={() => setEnding(true)}>{backfill.end}</Button>
            </>
          )}
        </div>
      )}
      {ending && <EndBackfillDialog at={at} name={name} zone={schedule.timezone} onClose={() => setEnding(false)} />}
    </div>
  );
}

/** What is open of it: under way, waiting for a slot, or for its next attempt. */
function OpenRun({ at, runId, most }: { at: ScheduleAt; runId: string; most: number | undefined }) {
  const { data: run } = useQuery({ ...runQuery(at.tenant, runId), retry: false });
  const state = run?.state ?? 'running';
  return (
    <div className={styles.notice}>
      <Mark of={outcomeOf(state)}>
        {run && isRetrying(run) ? (
          <Sentence of={words.retrying} sentence={<Retry run={run} most={most} />} />
        ) : state === 'queued' ? (
          words.queued
        ) : (
          words.running
        )}
      </Mark>
      {run?.state === 'running' && run.startedAt && (
        <span>
          <Sentence of={words.for} time={<Elapsed since={run.startedAt} />} />
        </span>
      )}
      <Link to="/t/$scope/runs/$runId" params={{ scope: at.tenant, runId }} style={{ color: 'var(--accent)' }}>
        {texts.why.run}
      </Link>
    </div>
  );
}
