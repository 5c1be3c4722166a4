import type { BulkPreview } from '../../api/types';
import { texts } from '../../texts';
import styles from './schedules.module.css';

type Props = {
  label: string;
  items: ReadonlyArray<BulkPreview['first'][number] & { tenant: string }>;
  /** Of several tenants, so that it says whose each is. */
  ofSeveral: boolean;
  more: number;
};

/** Which schedules a change of many is about, as far as the server names them. */
export function ChangedList({ label, items, ofSeveral, more }: Props) {
  return items.length === 0 ? null : (
    <ul className={styles.list} tabIndex={0} aria-label={label}>
      {items.map(({ id, name, endpoint, tenant }) => (
        <li key={id}>
          <strong>{name || endpoint}</strong>
          {ofSeveral && ` ${tenant}`}
        </li>
      ))}
      {more > 0 && <li>{texts.schedules.bulk.more(more)}</li>}
    </ul>
  );
}
