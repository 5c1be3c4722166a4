import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { isRetrying, occurrenceOf } from '../../api/of-run';
import { listRunsOf, type ScheduleAt } from '../../api/runs';
import type { Run, Schedule } from '../../api/types';
import { now } from '../../app/clock';
import { useMay } from '../../app/session';
import { Empty } from '../../parts/feedback/empty';
import { Unread } from '../../parts/feedback/unread';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Retry } from '../../parts/outcome/retry';
import { lateOf, tookWords } from '../../parts/outcome/run-words';
import { Panel } from '../../parts/page/panel';
import { RowButton, RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { DataTable } from '../../parts/table/data-table';
import { usePages } from '../../parts/table/use-pages';
import { formatTime, isSameDay } from '../../parts/time/format';
import { useShownZone } from '../../parts/time/preference';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { fill, texts } from '../../texts';
import { RerunDialog } from '../run/rerun-dialog';
import { cameTo, madeUp } from './outcome-words';

const words = texts.schedule.runs;
const rowId = (run: Run) => run.id;
const muted = { color: 'var(--muted)' };

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
  const shown = useShownZone(zone);
  const attempts = schedule.policy.retry?.maxAttempts ?? undefined;
  const show = useCallback(
    (run: Run) => void navigate({ to: '/t/$scope/runs/$runId', params: { scope: at.tenant, runId: run.id } }),
    [navigate, at.tenant],
  );
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
            <Said run={run} zone={zone} most={attempts} />
          </Mark>
        ),
      },
      { id: 'late', header: words.columns.late, size: 86, align: 'end', from: 520, cell: (run) => <span style={muted}>{lateOf(run)}</span> },
      { id: 'took', header: words.columns.took, size: 74, align: 'end', from: 420, cell: (run) => <span style={muted}>{tookWords(run)}</span> },
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
          const when = formatTime(run.dueAt, shown, 'minute', now());
          const occurrence = occurrenceOf(run);
          return (
            <>
              <RowButton name={words.whyNamed(when)} onPress={() => (occurrence ? onWhy(occurrence) : show(run))}>
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
    [at.tenant, zone, shown, attempts, may.change, onWhy, show],
  );
  return (
    <Panel
      name={words.title}
      actions={
        <Link to="/t/$scope/runs" params={{ scope: at.tenant }} search={{ scheduleId: at.scheduleId }} style={{ color: 'var(--accent)' }}>
          {words.all}
        </Link>
      }
      flush
    >
      {!list.query.data ? (
        <Unread of={list.query} rows={schedule.lastRunStatus ? 14 : 3} />
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
            onOpen={show}
            {...list.paging}
            empty={<Empty title={words.empty}>{words.emptyNext}</Empty>}
          />
        </div>
      )}
      {again && <RerunDialog tenant={at.tenant} run={again} onClose={() => setAgain(undefined)} />}
    </Panel>
  );
}

/** What it came to, and why it ran, unless because it was due. What it makes up for goes first: that alone tells it from its neighbours. */
function Said({ run, zone, most }: { run: Run; zone: string; most: number | undefined }) {
  const { what, behind } = cameTo(run);
  const retry = isRetrying(run) && <Retry run={run} most={most} />;
  const said = retry ? texts.parts.retry.waits(run.earlierAttempts.length) : [what, behind].filter(Boolean).join(' · ');
  if (run.trigger === 'schedule') {
    return <span title={said}>{retry || said}</span>;
  }
  const trigger = texts.parts.triggers[run.trigger] ?? run.trigger;
  const occurrence = madeUp(run);
  const sentence = occurrence ? words.makesUpFor : words.ranBy;
  return (
    <span title={fill(sentence, { at: occurrence ? formatTime(occurrence, zone, 'minute', now()) : '', trigger, said })}>
      <Sentence
        of={sentence}
        at={occurrence && <When at={occurrence} zone={zone} shown={isSameDay(occurrence, run.dueAt, zone) ? 'time' : 'minute'} />}
        trigger={<span style={muted}>{trigger}</span>}
        said={retry || said}
      />
    </span>
  );
}
