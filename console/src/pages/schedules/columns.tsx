import type { ListedSchedule } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { inWords } from '../../cron/words';
import { Chip } from '../../parts/chip';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Strip } from '../../parts/outcome/strip';
import { RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';

const words = texts.schedules;

export const nameOf = (schedule: Pick<ListedSchedule, 'name' | 'endpoint'>) => schedule.name || schedule.endpoint;

function Next({ of }: { of: ListedSchedule }) {
  if (of.activeRunId) {
    return <Mark of="running">{words.next.running}</Mark>;
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
        <Mark of="paused">{words.next.paused}</Mark>
      </Chip>
    );
  }
  const at = of.nextStartAt ?? of.nextDueAt;
  return at ? <FromNow at={at} zone={of.timezone} /> : <span>{words.next.none}</span>;
}

const muted = { color: 'var(--muted)' };

/** The columns of a list of schedules; with tenants where it is of all of them. */
export function columnsOf(scope: string): ReadonlyArray<Column<ListedSchedule>> {
  const all: ReadonlyArray<Column<ListedSchedule> | false> = [
    {
      id: 'name',
      header: words.columns.name,
      size: 150,
      grow: 3,
      sort: 'name',
      sortBack: '-name',
      cell: (row) => (
        <RowLink to="/t/$scope/schedules/$installId/$scheduleId" params={{ scope: row.tenant, installId: row.installId, scheduleId: row.id }}>
          {nameOf(row)}
        </RowLink>
      ),
    },
    isAll(scope) && {
      id: 'tenant',
      header: words.columns.tenant,
      size: 104,
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
      from: 900,
      cell: (row) => (
        <span style={muted} title={row.extensionId}>
          {row.extensionId.split('.').at(-1)}
        </span>
      ),
    },
    { id: 'when', header: words.columns.when, size: 166, grow: 2.4, from: 700, cell: (row) => <span title={row.cron}>{inWords(row.cron)}</span> },
    {
      id: 'zone',
      header: words.columns.zone,
      size: 140,
      grow: 1,
      from: 1000,
      cell: (row) => (
        <span style={muted} title={row.timezone}>
          {row.timezone}
        </span>
      ),
    },
    { id: 'next', header: words.columns.next, size: 104, sort: 'next', cell: (row) => <Next of={row} /> },
    {
      id: 'strip',
      header: words.columns.strip,
      size: 164,
      from: 600,
      cell: (row) => <Strip runs={row.outcomes?.toReversed() ?? []} />,
    },
    { id: 'last', header: words.columns.last, size: 56, sort: 'failures', cell: (row) => <Mark of={outcomeOf(row.lastRunStatus)} /> },
  ];
  return all.filter((column) => column !== false);
}
