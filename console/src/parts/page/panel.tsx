import { useId, type ReactNode } from 'react';
import styles from './panel.module.css';

/** A section of a page with its name. */
export function Panel({
  name,
  note,
  actions,
  children,
  flush = false,
}: {
  name: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{name}</h2>
        {note && <small className={styles.note}>{note}</small>}
        {actions && <span className={styles.actions}>{actions}</span>}
      </header>
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
