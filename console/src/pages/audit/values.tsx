import type { FieldChange } from '../../api/types';
import { texts } from '../../texts';
import styles from './audit.module.css';

const words = texts.audit.entry;
type Large = FieldChange['largeBefore'];
/** What things are called that stand in an entry by their ids. */
type Names = Readonly<Record<string, string>> | null | undefined;

function Value({ value, large, names, look }: { value: unknown; large: Large; names: Names; look?: string | undefined }) {
  if (large) {
    return <span className={styles.muted}>{words.large(large.bytes, large.sha256)}</span>;
  }
  if (value === undefined || value === null) {
    return <span className={styles.muted}>{words.nothing}</span>;
  }
  const name = typeof value === 'string' ? names?.[value] : undefined;
  if (name) {
    return (
      <span className={look} title={String(value)}>
        {name}
      </span>
    );
  }
  return <code className={look}>{typeof value === 'string' ? value : JSON.stringify(value, undefined, 1)}</code>;
}

type Props = { label: string; changes: readonly FieldChange[]; names?: Names; before?: string; after?: string };

/** The fields of a change, before and after, side by side. */
export function Values({ label, changes, names, before = words.before, after = words.after }: Props) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.values}>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.field}>
              <th scope="row">
                <code>{change.field}</code>
              </th>
              <td>
                <Value value={change.before} large={change.largeBefore} names={names} look={styles.gone} />
              </td>
              <td>
                <Value value={change.after} large={change.largeAfter} names={names} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
