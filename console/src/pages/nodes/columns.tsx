import type { Node } from '../../api/types';
import { Mark, type Outcome } from '../../parts/outcome/mark';
import type { Column } from '../../parts/table/column';
import { formatDuration } from '../../parts/time/format';
import { FromNow, When } from '../../parts/time/when';
import { number, texts } from '../../texts';

const words = texts.nodes;
const marks: Record<string, Outcome> = { up: 'succeeded', draining: 'abandoned', silent: 'failed', stopped: 'disabled' };
const muted = { color: 'var(--muted)' };

export const nodeColumns: ReadonlyArray<Column<Node>> = [
  { id: 'name', header: words.columns.name, size: 110, grow: 1.4, cell: (row) => <span title={row.id}>{row.name}</span> },
  {
    id: 'state',
    header: words.columns.state,
    size: 100,
    cell: (row) => (
      <span title={row.drainingSince ? words.draining : undefined}>
        <Mark of={marks[row.state] ?? 'never'}>{words.states[row.state] ?? row.state}</Mark>
      </span>
    ),
  },
  {
    id: 'role',
    header: words.columns.role,
    size: 110,
    from: 560,
    cell: (row) => <span style={muted}>{row.slots > 0 ? words.roles.fires : words.roles.serves}</span>,
  },
  { id: 'slots', header: words.columns.slots, size: 64, align: 'end', from: 420, cell: (row) => number(row.slots) },
  {
    id: 'mean',
    header: words.columns.mean,
    size: 110,
    align: 'end',
    from: 640,
    cell: (row) => (row.meanRunMs == null ? <span style={muted}>{words.noRuns}</span> : formatDuration(row.meanRunMs)),
  },
  {
    id: 'clock',
    header: words.columns.clock,
    size: 88,
    align: 'end',
    from: 760,
    cell: (row) => (row.clockOffsetMs == null ? <span style={muted}>{words.noClock}</span> : words.offset(row.clockOffsetMs)),
  },
  {
    id: 'store',
    header: words.columns.store,
    size: 80,
    align: 'end',
    from: 560,
    cell: (row) => (row.storeMs == null ? '' : formatDuration(row.storeMs)),
  },
  { id: 'version', header: words.columns.version, size: 90, from: 860, cell: (row) => <span title={row.version}>{row.version}</span> },
  { id: 'started', header: words.columns.started, size: 176, from: 960, cell: (row) => <When at={row.startedAt} /> },
  { id: 'seen', header: words.columns.seen, size: 110, cell: (row) => <FromNow at={row.stoppedAt ?? row.seenAt} /> },
];
