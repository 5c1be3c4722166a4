import { Checkbox, type CheckboxProps } from 'react-aria-components/Checkbox';
import type { ReactNode } from 'react';
import styles from './tick.module.css';

/** A box to tick. Without children it needs an `aria-label`. */
export function Tick({ children, ...props }: Omit<CheckboxProps, 'className' | 'children'> & { children?: ReactNode }) {
  return (
    <Checkbox {...props} className={styles.tick}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={styles.box} aria-hidden="true">
            <svg viewBox="0 0 12 12">{isIndeterminate ? <path d="M2.5 6h7" /> : isSelected ? <path d="M2.2 6.4l2.6 2.6 5-5.6" /> : null}</svg>
          </span>
          {children}
        </>
      )}
    </Checkbox>
  );
}
