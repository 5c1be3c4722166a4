import type { ReactNode } from 'react';
import styles from './chip.module.css';

type Tone = 'plain' | 'failed' | 'skipped' | 'missed' | 'paused' | 'running' | 'accent';

/** A word with a ground of its colour. Put a mark or a word into it that says the same without the colour. */
export const Chip = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
    <span className={`${styles.chip} ${styles[tone]}`}>{children}</span>
);
