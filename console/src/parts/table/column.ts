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
  align?: 'end';
  /** The width of the table from which on it is shown. */
  from?: number;
};

/** The columns that fit into a width. */
export const shownAt = <T,>(columns: ReadonlyArray<Column<T>>, width: number) => columns.filter((column) => !column.from || width >= column.from);

/** The grid's columns: what somebody has dragged is as wide as that, the rest as the column says. */
export function template<T>(columns: ReadonlyArray<Column<T>>, sizes: Readonly<Record<string, number>>, selectable: boolean): string {
  const widths = columns.map((column) => {
    const own = sizes[column.id];
    return own ? `${own}px` : column.grow ? `minmax(${column.size}px, ${column.grow}fr)` : `${column.size}px`;
  });
  return [...(selectable ? ['40px'] : []), ...widths].join(' ');
}
