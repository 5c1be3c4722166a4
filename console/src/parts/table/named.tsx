import type { ReactNode } from 'react';
import styles from './data-table.module.css';

/** A row's name; behind it whose it is, where the table is too narrow for a column of that. */
export const Named = ({ tenant, title, children }: { tenant: string | undefined; title: string; children: ReactNode }) => (
  <span className={styles.named} title={title}>
    <span>{children}</span>
    {tenant && <span className={styles.whose}>{tenant}</span>}
  </span>
);

/** What a cell shows by the width of its table. */
export const Fitting = ({ wide, narrow }: { wide: ReactNode; narrow: ReactNode }) => (
  <>
    <span className={styles.wide}>{wide}</span>
    <span className={styles.narrow}>{narrow}</span>
  </>
);
