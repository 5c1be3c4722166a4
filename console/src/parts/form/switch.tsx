import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components/Switch';
import styles from './switch.module.css';

type Props = { isSelected: boolean; onChange: (on: boolean) => void; hint?: string; children: ReactNode };

/** On or off, with effect at once. */
export function Switch({ hint, children, ...props }: Props) {
  return (
    <span title={hint}>
      <AriaSwitch {...props} className={styles.switch}>
        <span className={styles.track} aria-hidden="true" />
        {children}
      </AriaSwitch>
    </span>
  );
}
