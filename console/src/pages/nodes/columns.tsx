import type { Node } from '../../api/types';
import { Mark } from '../../parts/outcome/mark';
import { RowButton } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { formatDuration } from '../../parts/time/format';
import { formatReal } from '../../parts/time/real';
import { FromNow, When } from '../../parts/time/when';
import { number, texts } from '../../texts';
import { marks } from './standing';

const words = texts.nodes;
const muted = { color: 'var(--muted)' };

export const markOf = ({ state }: Pick<Node, 'state'>) => marks[state] ?? 'never';
export const roleOf = ({ slots }: Pick<Node, 'slots'>) => (slots > 0 ? words.roles.fires : words.roles.serves);
/** Why it takes nothing new; nothing for one that takes work, or is not there. */
export const drainOf = ({ state, drainingSince, drained }: Pick<Node, 'state' | 'drainingSince' | 'drained'>) =>
  state !== 'draining' ? undefined : drainingSince ? words.stopping : drained?.heardAt ? words.drained : words.unheard;
export const clockOf = ({ clockOffsetMs }: Pick<Node, 'clockOffsetMs'>) => (clockOffsetMs == null ? words.noClock : words.offset(clockOffsetMs));

/** All but how long a run takes and when it was started have room beside the other panels of the page on a screen of 1,280 pixels. */
export const columnsOf = (open: (node: Node) => void): ReadonlyArray<Column<Node>> => [
  {
    id: 'name',
    header: words.columns.name,
    size: 90,
    grow: 1.4,
    cell: (row) => (
      <RowButton name={words.open(row.name)} onPress={() => open(row)}>
        {row.name}
      </RowButton>
    ),
  },
  {
    id: 'state',
    header: words.columns.state,
    size: 104,
    cell: (row) => (
      <span title={drainOf(row)}>
        <Mark of={markOf(row)}>{words.states[row.state] ?? row.state}</Mark>
      </span>
    ),
  },
  {
    id: 'role',
    header: words.columns.role,
    size: 84,
    from: 560,
    cell: (row) => (
      <span style={muted} title={roleOf(row)}>
        {roleOf(row)}
      </span>
    ),
  },
  { id: 'slots', header: words.columns.slots, size: 56, align: 'end', from: 420, cell: (row) => number(row.slots) },
  {
    id: 'mean',
    header: words.columns.mean,
    size: 110,
    align: 'end',
    from: 860,
    cell: (row) => (row.meanRunMs == null ? <span style={muted}>{words.noRuns}</span> : formatDuration(row.meanRunMs)),
  },
  {
    id: 'clock',
    header: words.columns.clock,
    size: 96,
    align: 'end',
    from: 640,
    cell: (row) => <span style={row.clockOffsetMs == null ? muted : undefined}>{clockOf(row)}</span>,
  },
  {
    id: 'store',
    header: words.columns.store,
    size: 62,
    align: 'end',
    from: 560,
    cell: (row) => (row.storeMs == null ? '' : formatReal(row.storeMs)),
  },
  { id: 'version', header: words.columns.version, size: 76, from: 640, cell: (row) => <span title={row.version}>{row.version}</span> },
  { id: 'started', header: words.columns.started, size: 176, from: 960, cell: (row) => <When at={row.startedAt} /> },
  { id: 'seen', header: words.columns.seen, size: 104, cell: (row) => <FromNow at={row.stoppedAt ?? row.seenAt} /> },
];
