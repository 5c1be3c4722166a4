import { memo, type MouseEvent } from 'react';
import { texts } from '../../texts';
import { Tick } from '../form/tick';
import type { Column } from './column';
import styles from './data-table.module.css';
import type { TableProps } from './data-table';
import { RowIsActive } from './row-active';
import { isSelected, type Selection } from './selection';

type Props<T> = Pick<TableProps<T>, 'rowId' | 'rowName' | 'onOpen' | 'onToggle'> & {
  row: T;
  at: number;
  start: number;
  active: boolean;
  columns: ReadonlyArray<Column<T>>;
  /** What has a line of its own. */
  below: Column<T> | undefined;
  selection: Selection | undefined;
  onFocus: (at: number) => void;
};

function Row<T>({ row, at, start, active, columns, below, selection, rowId, rowName, onOpen, onToggle, onFocus }: Props<T>) {
  const id = rowId(row);
  const selected = selection ? isSelected(selection, id) : undefined;
  function click(event: MouseEvent): void {
    // What is a control by itself does its own; and whoever marks text does not want to leave.
    const control = (event.target as HTMLElement).closest('a, button, input, label');
    if (!control && !getSelection()?.toString()) {
      onOpen?.(row);
    }
  }
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      aria-selected={selected}
      data-at={at}
      tabIndex={active ? 0 : -1}
      className={`${styles.row} ${styles.line} ${onOpen ? styles.opens : ''}`}
      style={{ transform: `translateY(${start}px)` }}
      onClick={click}
      onFocus={() => onFocus(at)}
    >
      <RowIsActive value={active}>
        {selection && (
          <div role="gridcell" className={styles.tick}>
            <Tick aria-label={texts.parts.table.select(rowName(row))} excludeFromTabOrder isSelected={Boolean(selected)} onChange={() => onToggle?.(id)} />
          </div>
        )}
        {columns.map((column) => (
          <div key={column.id} role="gridcell" className={`${styles.cell} ${column.align ? styles.end : ''}`}>
            {column.cell(row)}
          </div>
        ))}
        {below && (
          <div role="gridcell" className={`${styles.cell} ${styles.below}`}>
            {below.cell(row)}
          </div>
        )}
      </RowIsActive>
    </div>
  );
}

export const BodyRow = memo(Row) as typeof Row;
