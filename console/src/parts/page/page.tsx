import { useEffect, type ReactNode } from 'react';
import { texts } from '../../texts';
import styles from './page.module.css';

export type FrameProps = {
  /** An answer rather than a title: "Two things need you." */
  title: ReactNode;
  /** What the browser's tab says, where the title is no text or is too long for it. */
  tab?: string | undefined;
  sub?: ReactNode;
  actions?: ReactNode;
  /** Fills the height of the window, for a page that is one long list. */
  full?: boolean;
  /** Its headline and the line below are yet to come: their room is kept, so that nothing moves when they do. */
  loading?: boolean;
  children: ReactNode;
};

/** The frame of every page: its headline, what can be done on it as a whole, its content. */
export function PageFrame({ title, tab, sub, actions, full = false, loading = false, children }: FrameProps) {
  const name = tab ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    document.title = name ? texts.shell.title(name) : texts.shell.product;
  }, [name]);
  return (
    <div className={`${styles.page} ${full ? styles.full : ''}`}>
      <header className={styles.head}>
        <div className={`${styles.titles} ${loading ? styles.loading : ''}`}>
          <h1 tabIndex={-1} data-page-title>{title}</h1>
          {(sub || loading) && <div className={styles.sub}>{sub}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Two columns: what the page is about, and what belongs to it, if anything does. One below the other where there is no room. */
export function Columns({ main, side }: { main: ReactNode; side?: ReactNode }) {
  return (
    <div className={`${styles.columns} ${side ? styles.two : ''}`}>
      <div className={styles.stack}>{main}</div>
      {side && <div className={styles.stack}>{side}</div>}
    </div>
  );
}
