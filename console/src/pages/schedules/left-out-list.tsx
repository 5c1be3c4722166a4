import type { LeftOut } from '../../api/types';
import { texts } from '../../texts';
import styles from './schedules.module.css';

const words = texts.schedules.bulk;

type Props = {
  items: ReadonlyArray<LeftOut & { tenant?: string }>;
  /** Of several tenants, so that it says whose each is. */
  ofSeveral?: boolean;
  more: number;
};

/** What a change of many leaves out, each with why. */
export function LeftOutList({ items, ofSeveral, more }: Props) {
  const named = (name: string, tenant: string | undefined) => (ofSeveral && tenant ? texts.now.ofTenant(name, tenant) : name);
  return (
    <ul className={styles.list} tabIndex={0} aria-label={words.leftOutLabel}>
      {items.map(({ scheduleId, schedule, tenant, why }) => (
        <li key={scheduleId}>{words.leftOutOne(named(schedule?.name || schedule?.endpoint || scheduleId, tenant), words.why[why] ?? why)}</li>
      ))}
      {more > 0 && <li>{words.more(more)}</li>}
    </ul>
  );
}
