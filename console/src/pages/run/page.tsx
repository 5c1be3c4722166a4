import { queryOptions, replaceEqualDeep, useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { answer, api } from '../../api/client';
import { scheduleQuery } from '../../api/schedule';
import type { Run } from '../../api/types';
import { useCommands } from '../../app/commands';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Columns, PageFrame } from '../../parts/page/page';
import { Panel } from '../../parts/page/panel';
import { WhyLink } from '../../parts/why-link';
import { texts } from '../../texts';
import { Attempts } from './attempts';
import { Facts } from './facts';
import { HostCalls } from './host-calls';
import { keepLog } from './keep-log';
import { LogPanel } from './log-panel';
import { NotStarted } from './not-started';
import { RequestPanel } from './request-panel';
import { RerunDialog } from './rerun-dialog';
import styles from './run.module.css';

const words = texts.run;

const runQuery = (tenant: string, runId: string) =>
  queryOptions({
    queryKey: ['run', runId],
    queryFn: () =>
      isAll(tenant)
        ? answer(api.GET('/api/v1/runs/{runId}', { params: { path: { runId } } }))
        : answer(api.GET('/api/v1/tenants/{tenant}/runs/{runId}', { params: { path: { tenant, runId } } })),
    structuralSharing: (before, after) => replaceEqualDeep(before, keepLog(before as Run | undefined, after as Run)),
    meta: { live: { on: ['run'], tenant, runId, every: 300 } },
  });

/** One run: what came of it, its attempts, what it wrote and called; live while it runs. */
export function RunPage() {
  const scope = useScope();
  const { runId = '' } = useParams({ strict: false }) as { runId?: string };
  const may = useMay();
  const [again, setAgain] = useState(false);
  const {
    data: run,
    error,
    refetch,
  } = useQuery({ ...runQuery(scope, runId), refetchInterval: (query) => ({ running: 1_000, queued: 2_000 })[query.state.data?.state ?? ''] ?? false });
  const at = { tenant: run?.tenant ?? scope, installId: run?.installId ?? '', scheduleId: run?.scheduleId ?? '' };
  const schedule = useQuery({ ...scheduleQuery(at), enabled: run !== undefined, retry: false });
  const canAgain = may.change && run?.finishedAt != null && run.startedAt != null;
  useCommands(useMemo(() => (canAgain ? [{ id: 'rerun', text: words.again, act: () => setAgain(true) }] : []), [canAgain]));
  if (!run) {
    return (
      <PageFrame title={words.page}>{error ? <Problem error={error} onRetry={() => void refetch()} /> : <Skeleton rows={8} height={22} />}</PageFrame>
    );
  }
  if (isAll(scope)) {
    return <Navigate to="/t/$scope/runs/$runId" params={{ scope: run.tenant, runId }} replace />;
  }
  const name = schedule.data ? schedule.data.name || schedule.data.endpoint : run.scheduleId;
  const zone = schedule.data?.timezone ?? 'UTC';
  const params = { scope, installId: run.installId, scheduleId: run.scheduleId };
  // One that somebody asked for and that has not started has its facts, and nothing to stand beside them.
  const asked = !run.startedAt && run.trigger !== 'schedule';
  const headline = words.headlines[run.state] ?? run.state;
  return (
    <PageFrame
      title={
        <span className={styles.title}>
          <Mark of={outcomeOf(run.state)}>{headline}</Mark>
        </span>
      }
      tab={words.title(headline, name)}
      sub={
        <>
          <Link to="/t/$scope/schedules" params={{ scope }}>
            {texts.schedule.crumb}
          </Link>{' '}
          /{' '}
          <Link to="/t/$scope/schedules/$installId/$scheduleId" params={params}>
            {name}
          </Link>
        </>
      }
      actions={
        <>
          <WhyLink className={styles.link} tenant={scope} of={run} at={run.occurrence ?? run.dueAt} />
          {canAgain && <Button onPress={() => setAgain(true)}>{words.again}</Button>}
        </>
      }
    >
      <p className={styles.say}>{run.explanation}</p>
      <Columns
        main={
          <>
            {asked && <Facts run={run} zone={zone} tenant={scope} />}
            {!run.startedAt && !asked && <NotStarted at={at} instant={run.missed?.from ?? run.dueAt} name={name} zone={zone} />}
            {run.error && (
              <Panel name={words.error}>
                <pre className={styles.error} tabIndex={0}>
                  {run.error}
                </pre>
              </Panel>
            )}
            <LogPanel run={run} zone={zone} />
            {run.request && <RequestPanel request={run.request} />}
            <HostCalls run={run} />
          </>
        }
        side={
          !asked && (
            <>
              <Facts run={run} zone={zone} tenant={scope} />
              <Attempts run={run} zone={zone} />
            </>
          )
        }
      />
      {again && <RerunDialog tenant={scope} run={run} onClose={() => setAgain(false)} />}
    </PageFrame>
  );
}
