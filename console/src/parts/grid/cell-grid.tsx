import { useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { texts } from '../../texts';
import styles from './cell-grid.module.css';
import { moved } from './move';

/** A cell: what tells it from the others, what it says in words (also to who cannot see what is drawn in it). */
export type GridCell = { key: string; label: string; look?: string | undefined; content?: ReactNode };

type Props = {
  label: string;
  columns: ReadonlyArray<{ key: string; name: string; full?: string }>;
  /** `full` is said where the name is short or not drawn. */
  rows: ReadonlyArray<{ key: string; name: string; full?: string | undefined; cells: readonly GridCell[] }>;
  selected: string | undefined;
  onSelect: (key: string) => void;
  /** Enter, or a press on what is selected already, leads further. */
  onOpen?: (key: string) => void;
  look?: string | undefined;
};

/** Cells in rows and columns, such as days and hours: one stop of the tab key, within which arrows move. */
export function CellGrid({ label, columns, rows, selected, onSelect, onOpen, look }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const at = rows.flatMap((row, r) => row.cells.flatMap((cell, c) => (cell.key === selected ? [{ row: r, column: c }] : [])))[0] ?? {
    row: 0,
    column: 0,
  };
  const active = rows[at.row]?.cells[at.column]?.key;

  // Where it is wider than there is room, what is chosen is what is looked at first.
  useLayoutEffect(() => {
    const chosen = scroller.current?.querySelector<HTMLElement>('[aria-selected=true]');
    if (scroller.current && chosen) {
      scroller.current.scrollLeft = chosen.offsetLeft - (scroller.current.clientWidth - chosen.offsetWidth) / 2;
    }
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    const to = event.altKey || event.metaKey ? undefined : moved(event.key, event.ctrlKey, at, rows.length, columns.length);
    const next = to && rows[to.row]?.cells[to.column];
    if (next) {
      event.preventDefault();
      event.stopPropagation();
      onSelect(next.key);
      grid.current?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(next.key)}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (active) {
        (onOpen ?? onSelect)(active);
      }
    }
  }
  function onClick(event: MouseEvent): void {
    const key = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset.cell;
    if (key) {
      (key === selected ? (onOpen ?? onSelect) : onSelect)(key);
    }
  }
  return (
    <div ref={scroller} className={styles.scroll}>
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        className={`${styles.grid} ${look ?? ''}`}
        style={{ '--cells': columns.length } as React.CSSProperties}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div role="row" className={styles.row}>
          <span role="columnheader" className={styles.corner}>
            <span className="hidden">{texts.parts.corner}</span>
          </span>
          {columns.map((column) => (
            <span key={column.key} role="columnheader" className={styles.head}>
              <Head {...column} />
            </span>
          ))}
        </div>
        {rows.map((row) => (
          <div key={row.key} role="row" className={styles.row}>
            <span role="rowheader" className={styles.side}>
              <Head {...row} />
            </span>
            {row.cells.map((cell) => (
              <div
                key={cell.key}
                role="gridcell"
                data-cell={cell.key}
                aria-selected={cell.key === selected}
                tabIndex={cell.key === active ? 0 : -1}
                className={`${styles.cell} ${cell.look ?? ''}`}
                title={cell.label}
              >
                {cell.content !== undefined && (
                  <span aria-hidden="true" className={styles.drawn}>
                    {cell.content}
                  </span>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** What a row or a column is called, in short for those who see it. */
function Head({ name, full }: { name: string; full?: string | undefined }) {
  return full ? (
    <>
      <span aria-hidden="true">{name}</span>
      <span className="hidden">{full}</span>
    </>
  ) : (
    name
  );
}
