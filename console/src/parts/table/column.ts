import type { ReactNode } from 'react';

/** A column of a table: what it is called, what it shows of a row, how wide it is. */
export type Column<T> = {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** In pixels, at least; what is left over goes to the columns that grow. */
  size: number;
  grow?: number;
  /** How wide it becomes where there is room, before those that grow get any. */
  most?: number;
  /** The word by which the server sorts by it, the least first; absent: it cannot. */
  sort?: string;
  /** The word for the same with the most first; absent: it cannot. */
  sortBack?: string;
  align?: 'end';
  /** The width of the table up to which it has a line of its own in each row, below the other columns. */
  below?: number;
  /** The width of the table from which on it is shown beside the others. */
  from?: number;
};

const tick = 40;

/** Whether a column has a line of its own. */
export const isBelow = <T>({ below = 0 }: Column<T>, width: number): boolean => width < below;

/** The columns that fit into a width: those that are shown from it on, as far as there is room for all of them; of those the ones go that want the most. */
export function shownAt<T>(columns: ReadonlyArray<Column<T>>, width: number, selectable: boolean): ReadonlyArray<Column<T>> {
  const shown = columns.filter((column) => !column.from || width >= column.from || isBelow(column, width));
  const wants = shown.reduce((sum, column) => sum + (isBelow(column, width) ? 0 : column.size), selectable ? tick : 0);
  const last = shown
    .filter((column) => !isBelow(column, width))
    .reduce<Column<T> | undefined>((most, column) => (column.from && column.from > (most?.from ?? 0) ? column : most), undefined);
  return wants > width && last ? shownAt(shown.filter((column) => column !== last), width, selectable) : shown;
}

/** The grid's columns: what somebody has dragged is as wide as that, the rest as the column says. */
export function template<T>(columns: ReadonlyArray<Column<T>>, sizes: Readonly<Record<string, number>>, selectable: boolean): string {
  const widths = columns.map((column) => {
    const own = sizes[column.id];
    const room = column.grow ? `${column.grow}fr` : column.most ? `${column.most}px` : undefined;
    return own ? `${own}px` : room ? `minmax(${column.size}px, ${room})` : `${column.size}px`;
  });
  return [...(selectable ? [`${tick}px`] : []), ...widths].join(' ');
}
