import type { Audit } from '../../api/types';
import { own } from '../../app/own';
import { isAll } from '../../app/scope-name';
import { now } from '../../app/clock';
import { Chip } from '../../parts/chip';
import { Ending } from '../../parts/ending';
import { changedFields } from '../../parts/field-changes';
import { RowButton } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { withTimes } from '../../parts/time/format';
import { When } from '../../parts/time/when';
import { list, texts } from '../../texts';
import styles from './audit.module.css';
import { detailOf, didOf, whoOf } from './said';
import { wordsOf, type Listed } from './together';

const words = texts.audit;

/** An outcome by word; what was not done has its colour too. */
export function Outcome({ of }: { of: Audit }) {
  const word = words.outcomes[of.outcome] ?? of.outcome;
  return of.outcome === 'done' ? (
    <span className={styles.muted}>{word}</span>
  ) : (
    <Chip tone={of.outcome === 'denied' ? 'failed' : 'skipped'}>{word}</Chip>
  );
}

const plainOf = (value: unknown) =>
  value === undefined || value === null ? words.entry.nothing : typeof value === 'string' ? withTimes(value, now()) : JSON.stringify(value);

/** What an entry is about in one line: a small change's values, the name of what came to be or went, a large one's fields, or what it says of itself. */
export function about(entry: Audit): string {
  const changes = changedFields(entry.changes ?? []);
  const plain = (value: unknown) => plainOf((typeof value === 'string' && own(entry.names, value)) || value);
  if (changes.length === 0) {
    return detailOf(entry);
  }
  if (
    changes.length <= 2 &&
    changes.every(({ largeBefore, largeAfter, field }) => !largeBefore && !largeAfter && !/^(exists|pause|skips\..*)$/.test(field))
  ) {
    return list(changes.map(({ field, before, after }) => words.change(withTimes(field, now()), plain(before), plain(after))));
  }
  const name = changes.find(({ field }) => field === 'name');
  return name?.after || name?.before ? plain(name.after ?? name.before) : detailOf(entry) || list(changes.map(({ field }) => field));
}

/** What it was done to by name, or else of which install; the id is one look away. */
function To({ of: { target, installId, names } }: { of: Audit }) {
  const id = own(names, target) ? target : installId;
  const name = own(names, id);
  return name ? (
    <span className={styles.muted}>
      <Ending of={name} title={words.whatIs(name, id ?? '')} />
    </span>
  ) : null;
}

/** What an entry is about; one that stands for several tenants' has no number of its own. */
function What({ of }: { of: Listed }) {
  const said = of.tenants ? wordsOf(of) : about(of);
  return <span title={said}>{said}</span>;
}

export function columnsOf(scope: string, open: (entry: Audit) => void): ReadonlyArray<Column<Listed>> {
  const tenants: ReadonlyArray<Column<Listed>> = isAll(scope)
    ? [
        {
          id: 'tenant',
          header: words.columns.tenant,
          size: 84,
          grow: 0.8,
          from: 560,
          cell: (row) => (row.tenants ? words.tenants(row.tenants) : (row.tenant ?? <span className={styles.muted}>{words.ofHost}</span>)),
        },
      ]
    : [];
  return [
    { id: 'at', header: words.columns.at, size: 186, cell: (row) => <When at={row.at} /> },
    ...tenants,
    {
      id: 'who',
      header: words.columns.who,
      size: 130,
      grow: 1.5,
      from: 480,
      cell: (row) => <Ending of={whoOf(row)} title={words.whoIs(row.actor.id, words.kinds[row.actor.kind] ?? row.actor.kind)} />,
    },
    {
      id: 'did',
      header: words.columns.did,
      size: 150,
      grow: 1.4,
      cell: (row) => (
        <RowButton onPress={() => open(row)}>
          {row.outcome !== 'done' && (
            <span className={styles.narrow}>
              <Outcome of={row} />{' '}
            </span>
          )}
          {didOf(row)}
          {row.count ? ` · ${words.times(row.count)}` : ''}
          {row.tenants && ` · ${words.tenants(row.tenants)}`}
          {isAll(scope) && !row.tenants && row.tenant && <span className={styles.whose}> · {row.tenant}</span>}
        </RowButton>
      ),
    },
    {
      id: 'what',
      header: words.columns.what,
      size: 130,
      grow: 1.2,
      from: 900,
      below: 480,
      cell: (row) => (
        <span>
          <span className={styles.narrow}>{whoOf(row)}</span> <To of={row} />
        </span>
      ),
    },
    { id: 'fields', header: words.columns.fields, size: 180, grow: 2.4, from: 700, cell: (row) => <What of={row} /> },
    { id: 'outcome', header: words.columns.outcome, size: 92, from: 660, cell: (row) => <Outcome of={row} /> },
  ];
}
