import type { ReactNode } from 'react';
import styles from './empty.module.css';

/** Nothing to show: says why, and what to do next, with the button or the command. */
export function Empty({ title, children, command }: { title: string; children?: ReactNode; command?: string }) {
  return (
    <div className={styles.empty}>
      <strong>{title}</strong>
      {children && <div className={styles.next}>{children}</div>}
      {command && <pre className={styles.command} tabIndex={0}>{command}</pre>}
    </div>
  );
}
