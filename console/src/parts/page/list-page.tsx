import type { ReactNode } from 'react';
import { Unread } from '../feedback/unread';
import { DataTable, type TableProps } from '../table/data-table';
import { Columns, PageFrame, type FrameProps } from './page';

type Props<T extends object> = Omit<FrameProps, 'full' | 'children'> &
  TableProps<T> & {
    /** What the rows are read by. */
    read: { data: unknown; error: unknown; refetch: () => unknown };
    /** About how many rows there will be, for whose room is kept while they are read; 6 if nothing else is said. */
    expected?: number;
    /** What narrows the list, and whatever else stands above it. */
    bar?: ReactNode;
    under?: ReactNode;
    side?: ReactNode;
    /** Dialogs. */
    children?: ReactNode;
  };

/** A page that is a list: its headline, what narrows it, and the table, or why there is none yet. Without a `height` the table fills the window. */
export function ListPage<T extends object>({ title, tab, sub, actions, read, expected = 6, bar, under, side, children, ...table }: Props<T>) {
  const list =
    read.data !== undefined ? (
      <DataTable {...table} />
    ) : (
      // The head and the foot of the table are as high as two rows.
      <Unread of={read} rows={expected + 2} whole />
    );
  const full = (table.height ?? 'fill') === 'fill';
  const stack = <>{list}{under}</>;
  return (
    <PageFrame title={title} tab={tab} sub={sub} actions={actions} full={full}>
      {bar}
      {full ? stack : <Columns main={stack} side={side} />}
      {children}
    </PageFrame>
  );
}
