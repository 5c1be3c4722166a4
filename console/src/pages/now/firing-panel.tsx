import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { openRunsQuery } from '../../api/now';
import { scheduleQuery } from '../../api/schedule';
import type { Run } from '../../api/types';
import { now, onTick } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { Problem } from '../../parts/feedback/problem';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { formatDuration } from '../../parts/time/format';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './now.module.css';

const words = texts.now.firing;
const named = 20;

/** Open runs as they come and go. */
export function FiringPanel({ scope }: { scope: string }) {
  const { data, error, refetch } = useQuery(openRunsQuery(scope));
  const runs = data?.items ?? [];
  const schedules = useQueries({
    queries: runs.slice(0, named).map((run) => ({
      ...scheduleQuery({ tenant: run.tenant, installId: run.installId, scheduleId: run.scheduleId }),
      staleTime: 60_000,
      meta: {},
    })),
  });
  const nameOf = (run: Run) => {
    const schedule = schedules.find(({ data }) => data?.id === run.scheduleId)?.data;
    return schedule ? schedule.name || schedule.endpoint : run.scheduleId;
  };
  return (
    <Panel name={words.title} note={data && words.note(runs.length, Boolean(data.nextCursor))} flush>
      {error && !data ? (
        <Problem error={error} compact onRetry={() => void refetch()} />
      ) : runs.length === 0 ? (
        <p className={styles.none}>{words.none}</p>
      ) : (
        <ul className={styles.rows} aria-label={words.label}>
          {runs.map((run) => (
            <li key={run.id}>
              <Mark of={outcomeOf(run.state)}>
                <Link className={styles.name} to="/t/$scope/runs/$runId" params={{ scope: run.tenant, runId: run.id }}>
                  {nameOf(run)}
                </Link>
                {isAll(scope) && <span className={styles.muted}> {run.tenant}</span>}
              </Mark>
              <When at={run.dueAt} shown="clock" className={styles.muted} />
              <span className={styles.end}>{run.startedAt && <For since={run.startedAt} />}</span>
              <span className={styles.muted}>{run.node}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function For({ since }: { since: string }) {
  return <>{useSyncExternalStore(onTick, () => formatDuration(Math.floor((now() - Date.parse(since)) / 1_000) * 1_000))}</>;
}
