import { Choice } from '../../parts/form/choice';
import { texts } from '../../texts';
import type { sorts } from './search';
import styles from './schedules.module.css';

const words = texts.schedules.sort;

type Sort = (typeof sorts)[number];

/** The order, for those who cannot press a column's head: on a phone, and for orders that have no column. */
export function SortChoice({ value, among, onChange }: { value: Sort; among: readonly Sort[]; onChange: (value: Sort) => void }) {
  return (
    <span className={styles.sort}>
      <Choice
        label={words.label}
        quiet
        value={value}
        options={among.map((sort) => ({ value: sort, text: words[sort] }))}
        onChange={onChange}
      />
    </span>
  );
}
