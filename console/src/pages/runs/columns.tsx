import type { Run } from '../../api/types';
import { isRetrying } from '../../api/of-run';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Retry } from '../../parts/outcome/retry';
import { lateOf, tookWords } from '../../parts/outcome/run-words';
import { RowLink } from '../../parts/row-link';
import { Sentence } from '../../parts/sentence';
import type { Column } from '../../parts/table/column';
import { Fitting, Named } from '../../parts/table/named';
import { Elapsed } from '../../parts/time/elapsed';
import { formatTime, isSameDay } from '../../parts/time/format';
import { FromNow, When } from '../../parts/time/when';
import { texts } from '../../texts';
import { cameTo, madeUp, outcomeWords } from '../schedule/outcome-words';

const words = texts.runs;
// Where the outcome has a line of its own.
const narrow = 520;
const muted = { color: 'var(--muted)' };

export const nameOf = (run: Run) => run.schedule ?? words.gone;

function Outcome({ of: run }: { of: Run }) {
  const mark = run.reason === 'paused' ? 'paused' : outcomeOf(run.state);
  if (isRetrying(run)) {
    return (
      <Mark of={mark}>
        <Retry run={run} />
      </Mark>
    );
  }
  const { what, behind } = cameTo(run);
  return (
    <Mark of={mark}>
      <span title={run.error ? texts.schedule.runs.because(outcomeWords(run), run.error) : outcomeWords(run)}>
        {what}
        {behind && <span style={muted}> · {behind}</span>}
      </span>
    </Mark>
  );
}

/** Why it ran, and what it makes up for, on the clocks of the list. */
function Trigger({ of: run, on }: { of: Run; on: string | undefined }) {
  const trigger = texts.parts.triggers[run.trigger] ?? run.trigger;
  const occurrence = madeUp(run);
  if (!occurrence) {
    return <span style={run.trigger === 'schedule' ? muted : undefined}>{trigger}</span>;
  }
  const zone = run.timezone ?? 'UTC';
  const shown = isSameDay(occurrence, run.dueAt, on ?? zone) ? 'time' : 'minute';
  return (
    <span title={words.triggerFor(trigger, formatTime(occurrence, zone, 'minute', now()))}>
      <Sentence of={words.makesUpFor} trigger={trigger} at={<When at={occurrence} zone={zone} on={on} shown={shown} />} />
    </span>
  );
}

/** The columns of a list of runs; with tenants where it is of all of them. `on` is the clock that they have in common. */
export function columnsOf(scope: string, on: string | undefined): ReadonlyArray<Column<Run>> {
  const all: ReadonlyArray<Column<Run> | false> = [
    {
      id: 'due',
      header: words.columns.due,
      size: 92,
      most: on === 'UTC' ? 184 : 156,
      cell: (run) => (
        <RowLink to="/t/$scope/runs/$runId" params={{ scope: run.tenant, runId: run.id }}>
          <Fitting
            wide={<When at={run.dueAt} zone={run.timezone ?? undefined} on={on} />}
            narrow={<FromNow at={run.dueAt} zone={run.timezone ?? undefined} />}
          />
        </RowLink>
      ),
    },
    {
      id: 'schedule',
      header: words.columns.schedule,
      size: 156,
      grow: 2,
      cell: (run) => (
        <Named title={nameOf(run)} tenant={isAll(scope) ? run.tenant : undefined}>
          <RowLink
            to="/t/$scope/schedules/$installId/$scheduleId"
            params={{ scope: run.tenant, installId: run.installId, scheduleId: run.scheduleId }}
          >
            {nameOf(run)}
          </RowLink>
        </Named>
      ),
    },
    isAll(scope) && { id: 'tenant', header: words.columns.tenant, size: 96, grow: 1, from: 520, cell: (run: Run) => <span style={muted}>{run.tenant}</span> },
    { id: 'outcome', header: words.columns.outcome, size: 104, grow: 4, below: narrow, cell: (run) => <Outcome of={run} /> },
    {
      id: 'trigger',
      header: words.columns.trigger,
      size: 120,
      grow: 1,
      from: 640,
      cell: (run) => <Trigger of={run} on={on} />,
    },
    {
      id: 'attempts',
      header: words.columns.attempts,
      size: 76,
      align: 'end',
      from: 1120,
      cell: (run) => <span style={muted}>{run.startedAt ? run.attempt : ''}</span>,
    },
    { id: 'late', header: words.columns.late, size: 80, align: 'end', from: 820, cell: (run) => <span style={muted}>{lateOf(run)}</span> },
    {
      id: 'took',
      header: words.columns.took,
      size: 80,
      align: 'end',
      from: 740,
      cell: (run) => <span style={muted}>{run.state === 'running' && run.startedAt ? <Elapsed since={run.startedAt} /> : tookWords(run)}</span>,
    },
    { id: 'version', header: words.columns.version, size: 76, from: 900, cell: (run) => <span style={muted}>{run.version}</span> },
  ];
  return all.filter((column) => column !== false);
}
