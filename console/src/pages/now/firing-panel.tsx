import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { latenessQuery, openRunsQuery } from '../../api/now';
import { isRetrying } from '../../api/of-run';
import { scheduleQuery } from '../../api/schedule';
import { isAll } from '../../app/scope-name';
import { Unread } from '../../parts/feedback/unread';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Retry } from '../../parts/outcome/retry';
import { Panel } from '../../parts/page/panel';
import { Elapsed } from '../../parts/time/elapsed';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { openOf } from './open';
import styles from './now.module.css';

const words = texts.now.firing;
const looked = 20;

/** Open runs as they come and go: what is under way, and what waits, for a slot or for another attempt. */
export function FiringPanel({ scope }: { scope: string }) {
  const { data, error, refetch } = useQuery(openRunsQuery(scope));
  const runs = data?.items ?? [];
  // How often they may be tried stands at their schedules.
  const schedules = useQueries({
    queries: runs.filter(isRetrying).slice(0, looked).map((run) => ({
      ...scheduleQuery({ tenant: run.tenant, installId: run.installId, scheduleId: run.scheduleId }),
      staleTime: 60_000,
      meta: {},
    })),
  });
  const mostOf = (id: string) => schedules.find(({ data }) => data?.id === id)?.data?.policy.retry?.maxAttempts ?? undefined;
  const late = useQuery(latenessQuery(scope)).data;
  const { running, waiting } = openOf(runs);
  return (
    <Panel
      name={words.title}
      note={data && words.note(running, waiting, Boolean(data.nextCursor))}
      actions={
        runs.length > 0 && (
          <Link className={styles.inline} to="/t/$scope/runs" params={{ scope }} search={{ state: 'running,queued' }}>
            {words.all}
          </Link>
        )
      }
      flush
    >
      {!data ? (
        <Unread of={{ error, refetch }} rows={2} />
      ) : runs.length === 0 ? (
        <p className={styles.none}>{words.none}</p>
      ) : (
        <ul className={styles.rows} aria-label={words.label}>
          {runs.map((run) => (
            <li key={run.id}>
              <Mark of={outcomeOf(run.state)}>
                <Link className={styles.name} to="/t/$scope/runs/$runId" params={{ scope: run.tenant, runId: run.id }}>
                  {run.schedule ?? run.scheduleId}
                </Link>
                {isAll(scope) && <span className={styles.muted}> {run.tenant}</span>}
              </Mark>
              <When at={run.dueAt} zone={run.timezone ?? undefined} shown="clock" className={styles.muted} />
              {run.state === 'running' ? (
                <>
                  <span className={styles.end}>{run.startedAt && <Elapsed since={run.startedAt} />}</span>
                  <span className={styles.muted}>{run.node}</span>
                </>
              ) : (
                <span className={styles.waits}>
                  {isRetrying(run) ? (
                    <Retry run={run} most={mostOf(run.scheduleId)} />
                  ) : late && !late.takesWork ? (
                    words.waitsForNode
                  ) : (
                    words.waits(run.reason ? (texts.parts.reasons[run.reason] ?? run.reason) : undefined)
                  )}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
