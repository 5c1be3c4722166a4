import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import { TooltipTrigger, Tooltip } from 'react-aria-components/Tooltip';
import type { ReactNode } from 'react';
import styles from './button.module.css';

type Look = 'plain' | 'main' | 'quiet' | 'danger';

/** Says what it will do and how much of it: "Backfill 175…". */
export function Button({ look = 'plain', ...props }: Omit<ButtonProps, 'className'> & { look?: Look }) {
  return <AriaButton {...props} className={`${styles.button} ${styles[look] ?? ''}`} />;
}

/** A button of one sign; its name is said, and shown when the pointer or the focus rests on it. */
export function IconButton({ name, children, ...props }: Omit<ButtonProps, 'className' | 'children'> & { name: string; children: ReactNode }) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...props} aria-label={name} className={styles.icon}>{children}</AriaButton>
      <Tooltip className={styles.tip} offset={4}>{name}</Tooltip>
    </TooltipTrigger>
  );
}
