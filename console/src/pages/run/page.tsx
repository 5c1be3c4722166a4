import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { installsQuery } from '../../api/tenants';
import { occurrenceOf } from '../../api/of-run';
import { runQuery } from '../../api/runs';
import { scheduleQuery } from '../../api/schedule';
import { useCommands } from '../../app/commands';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Unread } from '../../parts/feedback/unread';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Columns, PageFrame } from '../../parts/page/page';
import { Panel } from '../../parts/page/panel';
import { WhyLink } from '../../parts/why-link';
import { texts } from '../../texts';
import { Attempts } from './attempts';
import { Facts } from './facts';
import { installedFor } from './installed';
import { HostCalls } from './host-calls';
import { LogPanel } from './log-panel';
import { NotStarted } from './not-started';
import { RequestPanel } from './request-panel';
import { RerunDialog } from './rerun-dialog';
import styles from './run.module.css';

const words = texts.run;

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
  const installs = useQuery({ ...installsQuery(at.tenant), enabled: run?.state === 'running' });
  const canAgain = may.change && run?.finishedAt != null && run.startedAt != null;
  useCommands(useMemo(() => (canAgain ? [{ id: 'rerun', text: words.again, act: () => setAgain(true) }] : []), [canAgain]));
  if (!run) {
    return (
      <PageFrame title={words.page}>
        <Unread of={{ error, refetch }} rows={8} height={22} whole />
      </PageFrame>
    );
  }
  if (isAll(scope)) {
    return <Navigate to="/t/$scope/runs/$runId" params={{ scope: run.tenant, runId }} replace />;
  }
  const name = run.schedule ?? run.scheduleId;
  const zone = run.timezone ?? 'UTC';
  const occurrence = occurrenceOf(run);
  const under = { limit: schedule.data?.policy.timeLimitSeconds, installed: installedFor(run, installs.data?.items) };
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
          <Link to="/t/$scope/runs" params={{ scope }}>
            {texts.shell.pages.runs}
          </Link>{' '}
          /{' '}
          <Link to="/t/$scope/schedules/$installId/$scheduleId" params={params}>
            {name}
          </Link>
        </>
      }
      actions={
        <>
          {occurrence && <WhyLink className={styles.link} tenant={scope} of={run} at={occurrence} />}
          {canAgain && <Button onPress={() => setAgain(true)}>{words.again}</Button>}
        </>
      }
    >
      <p className={styles.say}>{run.explanation}</p>
      <Columns
        main={
          <>
            {asked && <Facts run={run} zone={zone} tenant={scope} under={under} />}
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
              <Facts run={run} zone={zone} tenant={scope} under={under} />
              <Attempts run={run} zone={zone} />
            </>
          )
        }
      />
      {again && <RerunDialog tenant={scope} run={run} onClose={() => setAgain(false)} />}
    </PageFrame>
  );
}
