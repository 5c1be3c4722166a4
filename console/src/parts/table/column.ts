import type { ReactNode } from 'react';

/** A column of a table: what it is called, what it shows of a row, how wide it is. */
export type Column<T> = {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** In pixels, at least; what is left over goes to the columns that grow. */
  size: number;
  grow?: number;
  /** The word by which the server sorts by it; absent: it cannot. */
  sort?: string;
  /** The word for the same from the end; absent: it has one direction. */
  sortBack?: string;
  align?: 'end';
  /** The width of the table from which on it is shown. */
  from?: number;
};

const tick = 40;

/** The columns that fit into a width: those that are shown from it on, as far as there is room for all of them; of those the ones go that want the most. */
export function shownAt<T>(columns: ReadonlyArray<Column<T>>, width: number, selectable: boolean): ReadonlyArray<Column<T>> {
  const shown = columns.filter((column) => !column.from || width >= column.from);
  const wants = shown.reduce((sum, column) => sum + column.size, selectable ? tick : 0);
  const last = shown.reduce<Column<T> | undefined>((most, column) => (column.from && column.from > (most?.from ?? 0) ? column : most), undefined);
  return wants > width && last ? shownAt(shown.filter((column) => column !== last), width, selectable) : shown;
}

/** The grid's columns: what somebody has dragged is as wide as that, the rest as the column says. */
export function template<T>(columns: ReadonlyArray<Column<T>>, sizes: Readonly<Record<string, number>>, selectable: boolean): string {
  const widths = columns.map((column) => {
    const own = sizes[column.id];
    return own ? `${own}px` : column.grow ? `minmax(${column.size}px, ${column.grow}fr)` : `${column.size}px`;
  });
  return [...(selectable ? [`${tick}px`] : []), ...widths].join(' ');
}
