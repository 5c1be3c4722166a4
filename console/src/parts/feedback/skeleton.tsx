import { texts } from '../../texts';
import styles from './skeleton.module.css';

type Props = {
  rows?: number;
  height?: number;
  /** Whether it says so in a word, where nothing else is on the page. */
  said?: boolean;
};

/** Holds the place of what is being read, in its size. Shown after 200 ms: what is quicker needs no sign. */
export function Skeleton({ rows = 1, height = 16, said = false }: Props) {
  return (
    <div className={styles.skeleton} role="status" aria-label={texts.parts.loading}>
      {said && <p className={styles.said}>{texts.parts.loading}</p>}
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ height, width: `${92 - ((row * 37) % 45)}%` }} />
      ))}
    </div>
  );
}
