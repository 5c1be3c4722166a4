import type { ReactNode } from 'react';
import { Mark, type Outcome } from '../../parts/outcome/mark';
import styles from './now.module.css';

type Props = { of: Outcome; title?: string; sentence?: string; text: string; more?: ReactNode; children: ReactNode };

/** One thing that was not as it should be: what it is, what to do about it, and what does it. */
export function Need({ of, title, sentence, text, more, children }: Props) {
  return (
    <div className={styles.need}>
      <Mark of={of} />
      <div>
        {title ? <strong>{title}</strong> : sentence}
        {more}
        {text && <p>{text}</p>}
      </div>
      <div className={styles.do}>{children}</div>
    </div>
  );
}
