import { Link, type LinkProps } from '@tanstack/react-router';
import { Button } from 'react-aria-components/Button';
import type { ReactNode } from 'react';
import styles from './row-link.module.css';
import { useRowTabIndex } from './table/row-active';

/** A link inside a row of a table: in the tab order only while its row has the focus. */
export function RowLink({ children, ...props }: LinkProps & { children: ReactNode }) {
  return (
    <Link {...props} tabIndex={useRowTabIndex()} className={styles.link}>
      {children}
    </Link>
  );
}

/** Likewise a quiet button. */
export function RowButton({ children, onPress, name }: { children: ReactNode; onPress: () => void; name?: string }) {
  return (
    <Button onPress={onPress} excludeFromTabOrder={useRowTabIndex() < 0} className={styles.button} {...(name ? { 'aria-label': name } : {})}>
      {children}
    </Button>
  );
}
