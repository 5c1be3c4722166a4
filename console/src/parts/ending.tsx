import styles from './ending.module.css';

const dotted = /^(?:[\w-]+\.)+[\w-]+$/;

/** Where the part begins that tells a name in reverse domain notation from its neighbours: behind the last dot; at 0 for a name of another kind. */
export const tellingFrom = (name: string) => (dotted.test(name) ? name.lastIndexOf('.') + 1 : 0);

/** A name that is cut in its beginning where there is no room for all of it, so that the telling end stays; whole on hover. */
export function Ending({ of, title = of }: { of: string; title?: string | undefined }) {
  const at = tellingFrom(of);
  return (
    <span className={styles.name} title={title}>
      {at > 0 && <span className={styles.start}>{of.slice(0, at)}</span>}
      <span className={styles.end}>{of.slice(at)}</span>
    </span>
  );
}
