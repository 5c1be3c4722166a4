import { Mark } from '../../parts/outcome/mark';
import { list, number, texts } from '../../texts';
import styles from './calendar.module.css';
import { countsOf, type Cell } from './cells';

const words = texts.calendar;

/** What a cell holds, in words. */
export function saidOf(cell: Cell | undefined): string {
  const parts = cell
    ? [
        ...countsOf(cell).map(({ outcome, count }) => words.count(count, texts.parts.outcomes[outcome] ?? outcome)),
        ...(cell.madeUp > 0 ? [words.madeUp(cell.madeUp)] : []),
        ...(cell.future > 0 ? [words.future(cell.future)] : []),
      ]
    : [];
  return parts.length > 0 ? list(parts) : words.nothing;
}

/** The numbers of a cell, each with the shape of its outcome; what is to come in another look. */
export function CellContent({ cell, day }: { cell: Cell | undefined; day?: number }) {
  return (
    <span className={styles.content}>
      {day !== undefined && <span className={styles.number}>{day}</span>}
      {cell &&
        countsOf(cell).map(({ outcome, count }) => (
          <span key={outcome} className={styles.count}>
            <Mark of={outcome} />
            {number(count)}
          </span>
        ))}
      {cell && cell.madeUp > 0 && (
        <span className={`${styles.count} ${styles.muted}`} title={words.madeUp(cell.madeUp)}>
          <Mark of="succeeded" />
          {number(cell.madeUp)}
        </span>
      )}
      {cell && cell.future > 0 && <span className={styles.future}>{number(cell.future)}</span>}
    </span>
  );
}
