import type { Audit } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { Chip } from '../../parts/chip';
import { RowButton } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './audit.module.css';

const words = texts.audit;

export const didOf = (entry: Pick<Audit, 'action'>) => words.actions[entry.action] ?? entry.action;

export const whoOf = ({ actor }: Pick<Audit, 'actor'>) => (actor.kind === 'host' ? (words.kinds.host ?? actor.id) : actor.id);

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
  value === undefined || value === null ? words.entry.nothing : typeof value === 'string' ? value : JSON.stringify(value);

/** What an entry is about in one line: a small change's values, the name of what came to be or went, a large one's fields, or what it says of itself. */
function about(entry: Audit): string {
  const changes = entry.changes ?? [];
  const plain = (value: unknown) => plainOf((typeof value === 'string' && entry.names?.[value]) || value);
  if (changes.length === 0) {
    return entry.detail ?? '';
  }
  if (
    changes.length <= 2 &&
    changes.every(({ largeBefore, largeAfter, field }) => !largeBefore && !largeAfter && field !== 'exists' && field !== 'pause')
  ) {
    return changes.map(({ field, before, after }) => words.change(field, plain(before), plain(after))).join(', ');
  }
  const name = changes.find(({ field }) => field === 'name');
  return name?.after || name?.before ? plain(name.after ?? name.before) : entry.detail || changes.map(({ field }) => field).join(', ');
}

/** What it was done to by name, or else of which install; the id is one look away. */
function To({ of: { target, installId, names } }: { of: Audit }) {
  const id = target && names?.[target] ? target : installId;
  return (
    <span className={styles.muted} title={id ?? undefined}>
      {(id && names?.[id]) || ''}
    </span>
  );
}

export function columnsOf(scope: string, open: (entry: Audit) => void): ReadonlyArray<Column<Audit>> {
  const tenants: ReadonlyArray<Column<Audit>> = isAll(scope)
    ? [
        {
          id: 'tenant',
          header: words.columns.tenant,
          size: 110,
          grow: 1,
          from: 700,
          cell: (row) => row.tenant ?? <span className={styles.muted}>{words.ofHost}</span>,
        },
      ]
    : [];
  return [
    { id: 'at', header: words.columns.at, size: 176, cell: (row) => <When at={row.at} /> },
    ...tenants,
    {
      id: 'who',
      header: words.columns.who,
      size: 110,
      grow: 1,
      from: 480,
      cell: (row) => <span title={words.kinds[row.actor.kind]}>{whoOf(row)}</span>,
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
          <span className={styles.narrow}> · {whoOf(row)}</span>
        </RowButton>
      ),
    },
    {
      id: 'what',
      header: words.columns.what,
      size: 130,
      grow: 1.2,
      from: 900,
      cell: (row) => <To of={row} />,
    },
    { id: 'fields', header: words.columns.fields, size: 180, grow: 2.4, from: 700, cell: (row) => <span title={about(row)}>{about(row)}</span> },
    { id: 'outcome', header: words.columns.outcome, size: 92, from: 480, cell: (row) => <Outcome of={row} /> },
  ];
}
