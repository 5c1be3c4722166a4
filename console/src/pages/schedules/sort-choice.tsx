import { Choice } from '../../parts/form/choice';
import { texts } from '../../texts';
import { sorts } from './search';
import styles from './schedules.module.css';

const words = texts.schedules.sort;

/** The order, for those who cannot press a column's head: on a phone, and for orders that have no column. */
export function SortChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <span className={styles.sort}>
      <Choice
        label={words.label}
        quiet
        value={value as (typeof sorts)[number]}
        options={sorts.map((sort) => ({ value: sort, text: words[sort] }))}
        onChange={onChange}
      />
    </span>
  );
}
