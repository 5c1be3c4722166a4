import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { failingQuery, latenessQuery, layerQuery, notRunQuery, openRunsQuery, pausedQuery } from '../../api/now';
import { tenantsQuery } from '../../api/tenants';
import type { ListedSchedule } from '../../api/types';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Columns, PageFrame } from '../../parts/page/page';
import { formatDuration } from '../../parts/time/format';
import { texts } from '../../texts';
import { nameOf } from '../schedules/columns';
import { FiringPanel } from './firing-panel';
import { HourPanel } from './hour-panel';
import { isLate } from './late';
import { LatePanel } from './late-panel';
import { isMadeUp, needing, restOf, shownOf } from './needs';
import { NeedsPanel } from './needs-panel';
import { ChangedPanel, NodesPanel, PausedPanel } from './side';
import styles from './now.module.css';
import { TenantPause } from './tenant-pause';

// The first page: what is needed once somebody presses something comes then.
const PauseDialog = lazy(() => import('../schedule/dialogs/pause-dialog').then(({ PauseDialog }) => ({ default: PauseDialog })));
const ResumeDialog = lazy(() => import('../schedule/dialogs/resume-dialog').then(({ ResumeDialog }) => ({ default: ResumeDialog })));

const words = texts.now;
const most = 6;
const asked = 100;

/** Is all well? */
export function NowPage() {
  const scope = useScope();
  const { seeAll, change } = useMay();
  const [open, setOpen] = useState<{ kind: 'pause' | 'resume'; schedule: ListedSchedule }>();
  const failing = useQuery(failingQuery(scope, asked));
  const paused = useQuery(pausedQuery(scope, asked));
  const notRun = useQuery(notRunQuery(scope));
  const layer = useQuery(layerQuery(scope));
  const runs = useQuery(openRunsQuery(scope));
  const lateness = useQuery(latenessQuery(scope));
  const late = lateness.data;
  const tenants = useQuery({ ...tenantsQuery, enabled: seeAll });
  const acts = !isAll(scope) && change;
  const error = failing.error ?? paused.error ?? notRun.error;
  const ready = failing.data && paused.data && notRun.data;
  if (!ready) {
    return (
      <PageFrame title={words.loading} loading={!error} actions={acts && <span className={styles.act} />}>
        {error ? (
          <Problem
            error={error}
            onRetry={() => {
              void failing.refetch();
              void paused.refetch();
              void notRun.refetch();
            }}
          />
        ) : (
          <Skeleton rows={8} height={24} />
        )}
      </PageFrame>
    );
  }
  const needs = needing(failing.data.items, paused.data.items);
  const groups = shownOf(notRun.data.groups, needs.selfPaused, needs.failing.slice(0, most));
  const causes = groups.filter((group) => !isMadeUp(group)).length + Number(late ? isLate(late) : 0);
  const things = Math.min(needs.failing.length, most + 1) + needs.selfPaused.length + causes;
  const rest = restOf(isAll(scope), paused.data, layer.data, notRun.data);
  const counted = tenants.data?.items.filter((tenant) => isAll(scope) || tenant.tenant === scope) ?? [];
  const sub = [
    ...(counted.length > 0
      ? [
          words.sub.schedules(counted.reduce((sum, tenant) => sum + tenant.schedules, 0)),
          words.sub.failing(counted.reduce((sum, tenant) => sum + tenant.failingSchedules, 0)),
        ]
      : []),
    ...(runs.data ? [words.sub.firing(runs.data.items.length, Boolean(runs.data.nextCursor))] : []),
    ...(late && late.starts > 0 ? [words.late.sub(formatDuration(late.medianMs ?? 0), formatDuration(late.p99Ms ?? 0))] : []),
  ];
  const close = () => setOpen(undefined);
  const at = open && { tenant: open.schedule.tenant, installId: open.schedule.installId, scheduleId: open.schedule.id };
  return (
    <PageFrame
      title={words.headline(things, rest)}
      tab={texts.shell.pages.now}
      sub={sub.join(' · ')}
      loading={[runs, lateness, tenants].some((query) => query.isLoading)}
      actions={acts && (layer.data ? <TenantPause tenant={scope} layer={layer.data} /> : <span className={styles.act} />)}
    >
      <Columns
        main={
          <>
            <LatePanel late={late} />
            <NeedsPanel
              scope={scope}
              groups={groups}
              failing={needs.failing}
              selfPaused={needs.selfPaused}
              most={most}
              onPause={(schedule) => setOpen({ kind: 'pause', schedule })}
              onResume={(schedule) => setOpen({ kind: 'resume', schedule })}
            />
            <HourPanel scope={scope} held={rest === 'paused'} />
            <FiringPanel scope={scope} />
          </>
        }
        side={
          <>
            <PausedPanel scope={scope} schedules={paused.data.items} more={Boolean(paused.data.nextCursor)} layer={layer.data?.pause ?? undefined} />
            <NodesPanel />
            <ChangedPanel scope={scope} />
          </>
        }
      />
      <Suspense>
        {open?.kind === 'pause' && at && <PauseDialog at={at} name={nameOf(open.schedule)} seen={open.schedule} onClose={close} />}
        {open?.kind === 'resume' && at && <ResumeDialog at={at} name={nameOf(open.schedule)} onClose={close} />}
      </Suspense>
    </PageFrame>
  );
}
