import type { ListedSchedule } from '../../api/types';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { inWords } from '../../cron/words';
import { Chip } from '../../parts/chip';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Strip } from '../../parts/outcome/strip';
import { pausedItself } from '../../parts/paused/pauses';
import { RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { Sentence } from '../../parts/sentence';
import { Named } from '../../parts/table/named';
import { FromNow } from '../../parts/time/when';
import { number, texts } from '../../texts';
import { skippedNext } from './skipped';

const words = texts.schedules;

export const nameOf = (schedule: Pick<ListedSchedule, 'name' | 'endpoint'>) => schedule.name || schedule.endpoint;

function Next({ of }: { of: ListedSchedule }) {
  if (of.activeRunId) {
    // Its last runs are shown beside: the open one among them says whether it is under way.
    const waits = of.outcomes?.find(({ runId }) => runId === of.activeRunId)?.state === 'queued';
    return <Mark of={waits ? 'queued' : 'running'}>{waits ? words.next.waiting : words.next.running}</Mark>;
  }
  if (!of.enabled) {
    return (
      <Chip tone="paused">
        <Mark of="disabled">{words.next.disabled}</Mark>
      </Chip>
    );
  }
  if (of.pauses && of.pauses.length > 0) {
    return (
      <Chip tone="paused">
        <Mark of="paused">{pausedItself(of) ? words.next.pausedItself : words.next.paused}</Mark>
      </Chip>
    );
  }
  const at = of.nextStartAt ?? of.nextDueAt;
  const skipped = skippedNext(of, now());
  if (skipped) {
    // The list has it at the place of that one.
    const skip = <FromNow at={skipped} zone={of.timezone} />;
    return (
      <Mark of="skipped">
        <span className="hidden">{words.next.skipped}</span>{' '}
        {at ? <Sentence of={words.next.skippedThen} skipped={<s>{skip}</s>} then={<FromNow at={at} zone={of.timezone} />} /> : <s>{skip}</s>}
      </Mark>
    );
  }
  return at ? <FromNow at={at} zone={of.timezone} /> : <span>{words.next.none}</span>;
}

const muted = { color: 'var(--muted)' };

/** The columns of a list of schedules; with tenants where it is of all of them. */
export function columnsOf(scope: string): ReadonlyArray<Column<ListedSchedule>> {
  const all: ReadonlyArray<Column<ListedSchedule> | false> = [
    {
      id: 'name',
      header: words.columns.name,
      size: 140,
      grow: 3,
      sort: 'name',
      sortBack: '-name',
      cell: (row) => (
        <Named title={nameOf(row)} tenant={isAll(scope) ? row.tenant : undefined}>
          <RowLink to="/t/$scope/schedules/$installId/$scheduleId" params={{ scope: row.tenant, installId: row.installId, scheduleId: row.id }}>
            {nameOf(row)}
          </RowLink>
        </Named>
      ),
    },
    isAll(scope) && {
      id: 'tenant',
      header: words.columns.tenant,
      size: 84,
      grow: 1,
      from: 520,
      cell: (row: ListedSchedule) => (
        <span style={muted} title={row.tenant}>
          {row.tenant}
        </span>
      ),
    },
    {
      id: 'extension',
      header: words.columns.extension,
      size: 110,
      grow: 1.2,
      from: 1000,
      cell: (row) => (
        <span style={muted} title={row.extensionId}>
          {row.extensionId.split('.').at(-1)}
        </span>
      ),
    },
    { id: 'when', header: words.columns.when, size: 178, grow: 3, from: 700, cell: (row) => <span title={row.cron}>{inWords(row.cron)}</span> },
    {
      id: 'zone',
      header: words.columns.zone,
      size: 136,
      grow: 1,
      from: 900,
      cell: (row) => (
        <span style={muted} title={row.timezone}>
          {row.timezone}
        </span>
      ),
    },
    { id: 'next', header: words.columns.next, size: 100, most: 140, sort: 'next', cell: (row) => <Next of={row} /> },
    {
      id: 'strip',
      header: words.columns.strip,
      size: 164,
      from: 600,
      cell: (row) => <Strip runs={row.outcomes?.toReversed() ?? []} />,
    },
    {
      id: 'failures',
      header: words.columns.failures,
      size: 76,
      most: 92,
      sortBack: 'failures',
      cell: (row) => (
        <>
          {/* A run that somebody asked for may have gone well since: it does not run for all that. */}
          <Mark of={pausedItself(row) ? 'paused' : outcomeOf(row.lastRunStatus)} />
          {row.failuresInARow > 0 && <span style={{ marginLeft: 4 }}>{number(row.failuresInARow)}</span>}
        </>
      ),
    },
  ];
  return all.filter((column) => column !== false);
}
