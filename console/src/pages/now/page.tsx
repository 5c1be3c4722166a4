import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { holdUpOf } from '../../api/late';
import { failedRunsQuery, failingQuery, latenessQuery, layerQuery, notRunQuery, openRunsQuery, pausedQuery } from '../../api/now';
import { tenantsQuery } from '../../api/tenants';
import type { ListedSchedule } from '../../api/types';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Unread } from '../../parts/feedback/unread';
import { Columns, PageFrame } from '../../parts/page/page';
import { formatReal } from '../../parts/time/real';
import { texts } from '../../texts';
import { nameOf } from '../schedules/columns';
import { groupFailures, groupSelfPaused, isByFailures } from './failing';
import { HourPanel } from './hour-panel';
import { isAllHeld, isMadeUp, isOnPurpose, needing, restOf, shownOf } from './needs';
import { NeedsPanel, PurposePanel } from './needs-panel';
import { openOf } from './open';
import styles from './now.module.css';
import { TenantPause } from './tenant-pause';

// What comes beside what is read for it, so that neither waits for the other.
const side = import('./side');
const firing = import('./firing-panel');
const FiringPanel = lazy(() => firing.then(({ FiringPanel }) => ({ default: FiringPanel })));
const Side = lazy(() => side.then(({ Side }) => ({ default: Side })));

// The first page: what is needed once somebody presses something, or something is not well, comes then.
const LatePanel = lazy(() => import('./late-panel'));
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
  const heldUp = late !== undefined && holdUpOf(late) !== undefined;
  const tenants = useQuery({ ...tenantsQuery, enabled: seeAll });
  const acts = !isAll(scope) && change;
  const error = failing.error ?? paused.error ?? notRun.error;
  const refetch = () => Promise.all([failing.refetch(), paused.refetch(), notRun.refetch()]);
  const fails = (failing.data?.items.length ?? 0) > 0 || (paused.data?.items.some(isByFailures) ?? false);
  const failed = useQuery({ ...failedRunsQuery(scope), enabled: fails });
  // What the headline says of the rest is of the pause and of what waits too: a longer one would push the page down.
  const ready = failing.data && paused.data && notRun.data && !failed.isLoading && !layer.isLoading && !lateness.isLoading;
  if (!ready) {
    return (
      <PageFrame title={words.loading} loading={!error} actions={acts && <span className={styles.act} />}>
        <Unread of={{ error, refetch }} rows={8} height={24} whole />
      </PageFrame>
    );
  }
  const needs = needing(failing.data.items, paused.data.items);
  const alike = groupFailures(needs.failing, failed.data?.items ?? []);
  const selfPaused = groupSelfPaused(needs.selfPaused, failed.data?.items ?? []);
  const named = alike.slice(0, most).flatMap(({ failures }) => failures.map(({ schedule }) => schedule));
  const shown = shownOf(notRun.data.groups, needs.selfPaused, named);
  const groups = shown.filter((group) => !isOnPurpose(group));
  const causes = groups.filter((group) => !isMadeUp(group)).length + Number(heldUp);
  const things = Math.min(alike.length, most + 1) + Math.min(selfPaused.length, most + 1) + causes;
  const rest = restOf(isAll(scope), paused.data, layer.data, notRun.data, late);
  const counted = tenants.data?.items.filter((tenant) => isAll(scope) || tenant.tenant === scope) ?? [];
  const opened = openOf(runs.data?.items ?? []);
  const sub = [
    isAll(scope) ? words.sub.ofAll : words.sub.of(scope),
    ...(counted.length > 0
      ? [
          words.sub.schedules(counted.reduce((sum, tenant) => sum + tenant.schedules, 0)),
          words.sub.failing(counted.reduce((sum, tenant) => sum + tenant.failingSchedules, 0)),
        ]
      : []),
    ...(runs.data ? [words.sub.firing(opened.running, Boolean(runs.data.nextCursor))] : []),
    ...(opened.waiting > 0 ? [words.sub.waiting(opened.waiting, Boolean(runs.data?.nextCursor))] : []),
    ...(late && late.starts > 0 ? [words.late.sub(formatReal(late.medianMs ?? 0), formatReal(late.p99Ms ?? 0))] : []),
  ];
  const close = () => setOpen(undefined);
  const at = open && { tenant: open.schedule.tenant, installId: open.schedule.installId, scheduleId: open.schedule.id };
  return (
    <PageFrame
      title={words.headline(things, rest)}
      tab={texts.shell.pages.now}
      sub={sub.join(' · ')}
      loading={[runs, tenants].some((query) => query.isLoading)}
      actions={acts && (layer.data ? <TenantPause tenant={scope} layer={layer.data} /> : <span className={styles.act} />)}
    >
      <Columns
        main={
          <>
            {late && heldUp && (
              <Suspense fallback={<Skeleton rows={1} height={86} />}>
                <LatePanel late={late} />
              </Suspense>
            )}
            <NeedsPanel
              scope={scope}
              since={notRun.data.from}
              groups={groups}
              notRun={notRun.data.groups}
              failing={alike}
              selfPaused={selfPaused}
              most={most}
              onPause={(schedule) => setOpen({ kind: 'pause', schedule })}
              onResume={(schedule) => setOpen({ kind: 'resume', schedule })}
            />
            <PurposePanel scope={scope} groups={shown.filter(isOnPurpose)} />
            <HourPanel scope={scope} held={isAllHeld(isAll(scope), paused.data, layer.data)} />
            <Suspense fallback={<Skeleton rows={2} />}>
              <FiringPanel scope={scope} />
            </Suspense>
          </>
        }
        side={
          <Suspense fallback={<Skeleton rows={8} height={36} />}>
            <Side scope={scope} schedules={paused.data.items} more={Boolean(paused.data.nextCursor)} layer={layer.data?.pause ?? undefined} />
          </Suspense>
        }
      />
      <Suspense>
        {open?.kind === 'pause' && at && <PauseDialog at={at} name={nameOf(open.schedule)} seen={open.schedule} onClose={close} />}
        {open?.kind === 'resume' && at && <ResumeDialog at={at} name={nameOf(open.schedule)} onClose={close} />}
      </Suspense>
    </PageFrame>
  );
}
