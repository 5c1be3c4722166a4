import type { LeftOut } from '../../api/types';
import { texts } from '../../texts';
import styles from './schedules.module.css';

const words = texts.schedules.bulk;

/** What a change of many leaves out, each with why. */
export function LeftOutList({ items, more }: { items: readonly LeftOut[]; more: number }) {
  return (
    <ul className={styles.list} tabIndex={0} aria-label={words.leftOutLabel}>
      {items.map(({ scheduleId, schedule, why }) => (
        <li key={scheduleId}>{words.leftOutOne(schedule?.name || schedule?.endpoint || scheduleId, words.why[why] ?? why)}</li>
      ))}
      {more > 0 && <li>{words.more(more)}</li>}
    </ul>
  );
}
