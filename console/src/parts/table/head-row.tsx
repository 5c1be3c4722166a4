import { texts } from '../../texts';
import { Tick } from '../form/tick';
import type { Column } from './column';
import styles from './data-table.module.css';
import type { TableProps } from './data-table';
import { Resizer } from './resizer';

type Props<T> = Pick<TableProps<T>, 'rows' | 'rowId' | 'sort' | 'onSort' | 'selection' | 'onToggleShown'> & {
  columns: ReadonlyArray<Column<T>>;
  sizes: Readonly<Record<string, number>>;
  onSize: (column: string, size: number) => void;
};

/** How a table that is sorted so is sorted by a column, if it is. */
export const directionOf = ({ sort: forth, sortBack: back }: { sort?: string; sortBack?: string }, sort: string | undefined) =>
  sort === undefined ? undefined : sort === forth ? 'ascending' : sort === back ? 'descending' : undefined;

export function HeadRow<T>({ rows, columns, sort, onSort, selection, onToggleShown, sizes, onSize }: Props<T>) {
  const all = selection !== undefined && rows.length > 0 && (selection.all || selection.ids.size >= rows.length);
  const some = selection !== undefined && !all && selection.ids.size > 0;
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" className={styles.row} aria-rowindex={1}>
        {selection && (
          <div role="columnheader" className={styles.tick}>
            <Tick aria-label={texts.parts.table.selectAll} isSelected={all} isIndeterminate={some} onChange={() => onToggleShown?.(!all)} />
          </div>
        )}
        {columns.map((column) => {
          const direction = directionOf(column, sort);
          const next = (direction === 'ascending' ? column.sortBack : undefined) ?? column.sort ?? column.sortBack;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={direction}
              className={`${styles.cell} ${column.align ? styles.end : ''}`}
            >
              {next && onSort ? (
                <button
                  type="button"
                  className={styles.sort}
                  aria-label={texts.parts.table.sortBy(column.header)}
                  onClick={() => onSort(next)}
                >
                  {column.header} <span aria-hidden="true">{direction === 'ascending' ? '↑' : direction ? '↓' : ''}</span>
                </button>
              ) : (
                <span>{column.header}</span>
              )}
              <Resizer name={column.header} size={sizes[column.id] ?? column.size} onSize={(size) => onSize(column.id, size)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
