import type { ReactNode } from 'react';
import { texts } from '../../texts';
import styles from './mark.module.css';

export type Outcome = 'succeeded' | 'failed' | 'running' | 'queued' | 'skipped' | 'missed' | 'abandoned' | 'paused' | 'disabled' | 'never';

const shapes: Record<Outcome, ReactNode> = {
  succeeded: <circle cx="7" cy="7" r="4.5" fill="currentColor" />,
  failed: <path d="M3.5 3.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />,
  running: (
    <>
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M7 2.5a4.5 4.5 0 010 9z" fill="currentColor" />
    </>
  ),
  queued: <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.7" strokeDasharray="2.4 2.2" />,
  skipped: (
    <>
      <circle cx="7" cy="7" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M4 10L10 4" stroke="currentColor" strokeWidth="1.7" />
    </>
  ),
  missed: <path d="M7 2l5 5-5 5-5-5z" fill="none" stroke="currentColor" strokeWidth="1.7" />,
  abandoned: <path d="M7 2.2l5 9H2z" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinejoin="round" />,
  paused: <path d="M4.8 3v8M9.2 3v8" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />,
  disabled: <path d="M3 7h8" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />,
  never: <circle cx="7" cy="7" r="1.6" fill="currentColor" />,
};

// A schedule says of its last run whether it was a success or an error; the ledger has more words for it.
const lastRun: Record<string, Outcome> = { success: 'succeeded', error: 'failed' };

export const outcomeOf = (state: string | null | undefined): Outcome =>
  state && state in shapes ? (state as Outcome) : (lastRun[state ?? ''] ?? 'never');

/** An outcome's shape in its colour. The word goes beside it, or is said to those who do not see it. */
export function Mark({ of, word = false, children }: { of: Outcome; word?: boolean; children?: ReactNode }) {
  const said = children ?? texts.parts.outcomes[of];
  return (
    <span className={styles.mark}>
      <svg className={`${styles.shape} ${styles[of]}`} viewBox="0 0 14 14" aria-hidden="true">
        {shapes[of]}
      </svg>
      <span className={word || children ? styles.word : 'hidden'}>{said}</span>
    </span>
  );
}

/** The shape alone, to be drawn inside another SVG of ours, with its middle at a point. */
export function MarkShape({ of, x, y, size = 14 }: { of: Outcome; x: number; y: number; size?: number }) {
  return (
    <svg x={x - size / 2} y={y - size / 2} width={size} height={size} viewBox="0 0 14 14" className={styles[of]} fill="none">
      {shapes[of]}
    </svg>
  );
}
