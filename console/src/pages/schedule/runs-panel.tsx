import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { listRunsOf, type ScheduleAt } from '../../api/runs';
import { tookOf } from '../../api/took';
import type { Run, Schedule } from '../../api/types';
import { now } from '../../app/clock';
import { useMay } from '../../app/session';
import { Empty } from '../../parts/feedback/empty';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { RowButton, RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { DataTable } from '../../parts/table/data-table';
import { usePages } from '../../parts/table/use-pages';
import { formatDuration, formatTime } from '../../parts/time/format';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { RerunDialog } from '../run/rerun-dialog';

const words = texts.schedule.runs;
const rowId = (run: Run) => run.id;
const muted = { color: 'var(--muted)' };

/** What a run came to, in a few words beside its shape. */
export function outcomeWords(run: Run): string {
  const word = texts.parts.outcomes[run.state] ?? run.state;
  const reason = run.reason ? (texts.parts.reasons[run.reason] ?? run.reason) : run.statusCode ? words.status(String(run.statusCode)) : '';
  const what = run.state === 'succeeded' ? reason || word : reason ? `${word}: ${reason}` : word;
  return run.missed && run.missed.count > 1 ? `${what}, ${words.several(run.missed.count)}` : what;
}

type Props = { at: ScheduleAt; schedule: Schedule; onWhy: (instant: string) => void };

export function RunsPanel({ at, schedule, onWhy }: Props) {
  const navigate = useNavigate();
  const may = useMay();
  const [again, setAgain] = useState<Run>();
  const list = usePages<Run>({
    key: ['runs', at.scheduleId],
    read: (cursor, signal) => listRunsOf(at, { cursor, limit: 50 }, signal),
    live: { on: ['run'], tenant: at.tenant, scheduleId: at.scheduleId },
  });
  const zone = schedule.timezone;
  const columns = useMemo<ReadonlyArray<Column<Run>>>(
    () => [
      {
        id: 'due',
        header: words.columns.due,
        size: 164,
        cell: (run) => (
          <RowLink to="/t/$scope/runs/$runId" params={{ scope: at.tenant, runId: run.id }}>
            <When at={run.dueAt} zone={zone} />
          </RowLink>
        ),
      },
      {
        id: 'outcome',
        header: words.columns.outcome,
        size: 120,
        grow: 3,
        cell: (run) => (
          <Mark of={outcomeOf(run.state)}>
            {outcomeWords(run)} <Trigger run={run} zone={zone} />
          </Mark>
        ),
      },
      { id: 'late', header: words.columns.late, size: 86, align: 'end', from: 520, cell: (run) => <span style={muted}>{lateOf(run)}</span> },
      { id: 'took', header: words.columns.took, size: 74, align: 'end', from: 420, cell: (run) => <span style={muted}>{took(run)}</span> },
      {
        id: 'attempts',
        header: words.columns.attempts,
        size: 78,
        align: 'end',
        from: 720,
        cell: (run) => <span style={muted}>{run.startedAt ? run.attempt : ''}</span>,
      },
      {
        id: 'act',
        header: words.columns.act,
        size: 118,
        align: 'end',
        from: 480,
        cell: (run) => {
          const when = formatTime(run.dueAt, zone, 'minute', now());
          return (
            <>
              <RowButton name={words.whyNamed(when)} onPress={() => onWhy(run.occurrence ?? run.dueAt)}>
                {texts.parts.why}
              </RowButton>
              {may.change && run.finishedAt && run.startedAt && (
                <RowButton name={words.againNamed(when)} onPress={() => setAgain(run)}>
                  {words.again}
                </RowButton>
              )}
            </>
          );
        },
      },
    ],
    [at.tenant, zone, may.change, onWhy],
  );
  return (
    <Panel name={words.title} flush>
      {list.query.error && list.rows.length === 0 ? (
        <div style={{ padding: 16 }}>
          <Problem error={list.query.error} compact onRetry={() => void list.query.refetch()} />
        </div>
      ) : list.query.isPending ? (
        <Skeleton rows={schedule.lastRunStatus ? 14 : 3} />
      ) : (
        <div style={{ padding: '8px 8px 4px' }}>
          <DataTable
            id="schedule-runs"
            label={words.label}
            columns={columns}
            rows={list.rows}
            rowId={rowId}
            rowName={(run) => run.dueAt}
            height={420}
            onOpen={(run) => void navigate({ to: '/t/$scope/runs/$runId', params: { scope: at.tenant, runId: run.id } })}
            hasMore={list.hasMore}
            stopped={list.stopped}
            loadingMore={list.loadingMore}
            onMore={list.more}
            empty={<Empty title={words.empty}>{words.emptyNext}</Empty>}
          />
        </div>
      )}
      {again && <RerunDialog tenant={at.tenant} run={again} onClose={() => setAgain(undefined)} />}
    </Panel>
  );
}

/** Why it ran, unless because it was due, and what it makes up for. */
function Trigger({ run, zone }: { run: Run; zone: string }) {
  if (run.trigger === 'schedule') {
    return null;
  }
  const trigger = texts.parts.triggers[run.trigger] ?? run.trigger;
  return (
    <span style={muted}>
      ·{' '}
      {run.occurrence && run.occurrence !== run.dueAt ? (
        <Sentence of={words.makesUpFor} trigger={trigger} at={<When at={run.occurrence} zone={zone} />} />
      ) : (
        trigger
      )}
    </span>
  );
}

const lateOf = (run: Run) =>
  run.startedAt && run.attempt <= 1 && run.trigger === 'schedule' ? formatDuration(Date.parse(run.startedAt) - Date.parse(run.dueAt)) : '';

function took(run: Run): string {
  const milliseconds = tookOf(run);
  return milliseconds === undefined ? '' : formatDuration(milliseconds);
}
