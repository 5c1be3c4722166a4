import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { backfillOf } from '../../api/audit';
import { endBackfill, holdBackfill, letBackfillGoOn } from '../../api/backfill';
import type { ScheduleAt } from '../../api/runs';
import { scheduleQuery } from '../../api/schedule';
import type { Schedule } from '../../api/types';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { Mark } from '../../parts/outcome/mark';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './schedule.module.css';

const words = texts.schedule.state;
const backfill = texts.schedule.dialogs.backfill;

/** What stands in the way of a schedule, or is under way: pauses with who and until when, failures, a backfill. */
export function Notices({ at, schedule }: { at: ScheduleAt; schedule: Schedule }) {
  const client = useQueryClient();
  const may = useMay();
  async function then(act: Promise<unknown>, done?: string): Promise<void> {
    try {
      await act;
      if (done) {
        say(done, undefined, backfillOf(at.scheduleId));
      }
    } catch (error) {
      sayProblem(error);
    }
    await client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
  }
  const { pauses, backfill: filling, waiting } = schedule;
  return (
    <div className={styles.notices}>
      {schedule.activeRunId && (
        <div className={styles.notice}>
          <Mark of="running">{words.running}</Mark>
          <Link to="/t/$scope/runs/$runId" params={{ scope: at.tenant, runId: schedule.activeRunId }} style={{ color: 'var(--accent)' }}>
            {texts.why.run}
          </Link>
        </div>
      )}
      {!schedule.enabled && (
        <div className={styles.notice}>
          <Mark of="disabled">{words.disabled}</Mark>
        </div>
      )}
      {(pauses ?? []).map((pause) => (
        <div key={pause.layer} className={styles.notice}>
          <Mark of="paused">{words.paused(words.layers[pause.layer] ?? pause.layer, pause.note, texts.parts.pause.by(pause.by))}</Mark>
          <span>
            <Sentence
              of={pause.until ? words.pausedUntil : words.pausedSince}
              at={<When at={pause.since} zone={schedule.timezone} />}
              until={pause.until && <When at={pause.until} zone={schedule.timezone} />}
            />
          </span>
        </div>
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
          <Mark of={filling.paused ? 'paused' : 'running'}>
            {backfill.state(filling.total - filling.left, filling.total)} {filling.paused ? backfill.paused : ''}
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
              <Button onPress={() => void then(endBackfill(at), backfill.ended)}>{backfill.end}</Button>
            </>
          )}
        </div>
      )}
    </div>
  );
}
