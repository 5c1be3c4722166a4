import type { FieldChange } from '../../api/types';
import { own } from '../../app/own';
import { texts } from '../../texts';
import styles from './audit.module.css';
import { pauseSaid } from './said';

const words = texts.audit.entry;
type Large = FieldChange['largeBefore'];
/** What things are called that stand in an entry by their ids. */
type Names = Readonly<Record<string, string>> | null | undefined;

function Value({ field, value, large, names, look }: { field: string; value: unknown; large: Large; names: Names; look?: string | undefined }) {
  if (large) {
    return <span className={styles.muted}>{words.large(large.bytes, large.sha256)}</span>;
  }
  if (value === undefined || value === null) {
    return <span className={styles.muted}>{words.nothing}</span>;
  }
  const name = typeof value === 'string' ? own(names, value) : undefined;
  if (name) {
    return (
      <span className={look} title={String(value)}>
        {name}
      </span>
    );
  }
  const pause = pauseSaid(field, value);
  if (pause) {
    return pause.map((line) => (
      <div key={line} className={look}>
        {line}
      </div>
    ));
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
                <Value field={change.field} value={change.before} large={change.largeBefore} names={names} look={styles.gone} />
              </td>
              <td>
                <Value field={change.field} value={change.after} large={change.largeAfter} names={names} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
