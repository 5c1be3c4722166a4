import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { occurrenceOf } from '../../api/of-run';
import { scheduleQuery } from '../../api/schedule';
import type { Run } from '../../api/types';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { formatTime } from '../../parts/time/format';
import { When } from '../../parts/time/when';
import { WhyLink } from '../../parts/why-link';
import { texts } from '../../texts';
import { now } from '../../app/clock';
import styles from './calendar.module.css';

const words = texts.calendar.side;

/** A schedule's name, as far as it can be read: one that was deleted has only its id. */
export function ScheduleName({ tenant, installId, scheduleId }: { tenant: string; installId: string; scheduleId: string }) {
  const { data } = useQuery({ ...scheduleQuery({ tenant, installId, scheduleId }), retry: false, staleTime: 60_000 });
  return <>{data ? data.name || data.endpoint : scheduleId.slice(0, 13)}</>;
}

/** One run, or what did not run, with what can be done about it. */
export function RunItem({
  ofAll,
  run,
  madeUp,
  zone,
  onAgain,
  onBackfill,
}: {
  /** Among those of all tenants, so that it says whose it is. */
  ofAll: boolean;
  run: Run;
  /** How many of its occurrences ran since, as repeats. */
  madeUp: number;
  zone: string;
  onAgain: () => void;
  onBackfill: () => void;
}) {
  const may = useMay();
  const { tenant } = run;
  const params = { scope: tenant, installId: run.installId, scheduleId: run.scheduleId };
  const outcome = outcomeOf(run.state);
  const occurrence = occurrenceOf(run);
  const ended = run.finishedAt != null && run.startedAt != null;
  const formatted = (at: string) => formatTime(at, zone, 'minute', now());
  const when = formatted(run.dueAt);
  const count = run.missed?.count ?? 1;
  const isMade = madeUp >= count;
  return (
    <li>
      <div>
        <Mark of={isMade ? 'succeeded' : outcome} /> <When at={run.dueAt} zone={zone} shown="clock" as="zone" />{' '}
        {run.startedAt ? (
          <Link className={styles.link} to="/t/$scope/runs/$runId" params={{ scope: tenant, runId: run.id }}>
            <ScheduleName {...run} />
          </Link>
        ) : (
          <Link className={styles.link} to="/t/$scope/schedules/$installId/$scheduleId" params={params}>
            <ScheduleName {...run} />
          </Link>
        )}
        {ofAll && <span className={styles.muted}> {tenant}</span>}
        <small>
          {run.missed && run.missed.count > 1 ? `${words.missed(run.missed.count, formatted(run.missed.from), formatted(run.missed.to))} · ` : ''}
          {run.state !== 'succeeded' && run.reason
            ? words.became(texts.parts.outcomes[outcome] ?? outcome, texts.parts.reasons[run.reason] ?? run.reason)
            : ''}
          {madeUp > 0 && ` · ${isMade ? words.madeUp : words.madeUpOf(madeUp, count)}`}
        </small>
      </div>
      {run.state !== 'succeeded' && (
        <span className={styles.buttons}>
          {occurrence && <WhyLink className={styles.link} tenant={tenant} of={run} at={occurrence} />}
          {may.change && ended && (
            <Button look="quiet" aria-label={words.againNamed(when)} onPress={onAgain}>
              {words.again}
            </Button>
          )}
          {may.change && !run.startedAt && run.finishedAt && !isMade && (
            <Button look="quiet" onPress={onBackfill}>
              {words.backfill}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}
