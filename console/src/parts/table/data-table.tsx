import { columnSizingFeature, tableFeatures, useTable, type ColumnSizingState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { remember, remembered } from '../../app/remembered';
import { texts } from '../../texts';
import { isBelow, shownAt, template, type Column } from './column';
import styles from './data-table.module.css';
import { HeadRow } from './head-row';
import { BodyRow } from './body-row';
import type { Selection } from './selection';
import type { Stop } from './stop';
import { Stopped } from './stopped';
import { useRowKeys } from './use-row-keys';
import { useWidth } from './use-width';

export type TableProps<T> = {
  /** Names the table, and what this browser remembers of its widths. */
  id: string;
  label: string;
  columns: ReadonlyArray<Column<T>>;
  rows: readonly T[];
  rowId: (row: T) => string;
  rowName: (row: T) => string;
  onOpen?: (row: T) => void;
  sort?: string;
  onSort?: (sort: string) => void;
  selection?: Selection;
  onToggle?: (id: string) => void;
  onToggleShown?: (selected: boolean) => void;
  hasMore?: boolean;
  loadingMore?: boolean;
  onMore?: () => void;
  /** Why there is more and `hasMore` is not: somebody has to say that it is to go on. */
  stopped?: Stop | undefined;
  /** In place of rows, when there are none. */
  empty?: ReactNode;
  /** As high as the page is, or as its rows up to this many pixels. */
  height?: 'fill' | number;
};

const features = tableFeatures({ columnSizingFeature });
const rowHeight = { one: 32, two: 54 };
const none: never[] = [];

/**
 * A list of any length: rows are drawn as they come into view, more are read as somebody scrolls near the end, and it is
 * one stop of the tab key, within which arrows, j and k move, Enter opens and x selects.
 */
export function DataTable<T extends object>(props: TableProps<T>) {
  const { id, label, rows, rowId, columns, selection, hasMore = false, loadingMore = false, onMore, stopped, height: most = 'fill' } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const [sizes, setSizes] = useState<ColumnSizingState>(() => JSON.parse(remembered(`widths.${id}`) ?? '{}') as ColumnSizingState);
  useEffect(() => remember(`widths.${id}`, Object.keys(sizes).length > 0 ? JSON.stringify(sizes) : null), [id, sizes]);

  const selectable = selection !== undefined;
  const fitting = useMemo(() => shownAt(columns, width, selectable), [columns, width, selectable]);
  const shown = useMemo(() => fitting.filter((column) => !isBelow(column, width)), [fitting, width]);
  const below = useMemo(() => fitting.find((column) => isBelow(column, width)), [fitting, width]);
  const height = below ? rowHeight.two : rowHeight.one;
  const definitions = useMemo(
    () => shown.map((column) => ({ id: column.id, size: column.size, minSize: 48, accessorFn: (row: T) => row, meta: column })),
    [shown],
  );
  const table = useTable({
    features,
    columns: definitions,
    // It looks after the widths alone: what it would make of each row anew with every page that is read nobody uses.
    data: none as T[],
    state: { columnSizing: sizes },
    onColumnSizingChange: setSizes,
  });

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (at) => (rows[at] ? rowId(rows[at]) : at),
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - 20) {
      onMore?.();
    }
  }, [hasMore, loadingMore, last, rows.length, onMore]);

  const keys = useRowKeys({
    count: rows.length,
    scroller,
    scrollTo: (at) => virtual.scrollToIndex(at),
    open: (at) => rows[at] && props.onOpen?.(rows[at]),
    select: (at) => rows[at] && props.onToggle?.(rowId(rows[at])),
  });
  const look = {
    '--columns': template(shown, sizes, selectable),
    '--row': `${height}px`,
    ...(typeof most === 'number' ? { maxHeight: most } : {}),
  } as React.CSSProperties;
  return (
    <div className={most === 'fill' ? styles.fill : undefined}>
      <div ref={scroller} className={styles.scroller} style={look} tabIndex={-1}>
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={hasMore || stopped ? -1 : rows.length + 1}
          aria-multiselectable={selection ? true : undefined}
          className={styles.grid}
          onKeyDown={keys.onKeyDown}
        >
          <HeadRow {...props} columns={shown} sizes={sizes} onSize={(column, size) => table.setColumnSizing((old) => ({ ...old, [column]: size }))} />
          <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              return row === undefined ? null : (
                <BodyRow
                  key={item.key}
                  row={row}
                  at={item.index}
                  start={item.start}
                  active={keys.active === item.index}
                  columns={shown}
                  below={below}
                  selection={selection}
                  onFocus={keys.onFocus}
                  {...pick(props)}
                />
              );
            })}
          </div>
        </div>
        {rows.length === 0 && !hasMore && !stopped && props.empty}
      </div>
      <div className={styles.foot}>
        {rows.length > 0 && <span>{texts.parts.table.loaded(rows.length, hasMore || stopped !== undefined)}</span>}
        {stopped && onMore && <Stopped why={stopped} onMore={onMore} />}
        {loadingMore && <span role="status">{texts.parts.table.loading}</span>}
        {rows.length > 0 && props.onOpen && <span className={styles.keys}>{selection ? texts.parts.table.keysSelect : texts.parts.table.keys}</span>}
      </div>
    </div>
  );
}

const pick = <T extends object>({ rowId, rowName, onOpen, onToggle }: TableProps<T>) => ({ rowId, rowName, onOpen, onToggle });
