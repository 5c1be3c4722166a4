import type { Token } from '../../api/tokens';
import { now } from '../../app/clock';
import { Chip } from '../../parts/chip';
import { RowButton } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { FromNow } from '../../parts/time/when';
import { list, texts } from '../../texts';
import styles from './access.module.css';
import { standingOf, type Standing } from './standing';

const words = texts.access;
const tones: Record<Standing, 'failed' | 'skipped' | 'accent' | 'plain'> = {
  expired: 'failed',
  soon: 'skipped',
  grace: 'accent',
  unused: 'plain',
  well: 'plain',
};

/** What a token may touch, in words. */
export function reachOf({ tenants, extensionPrefixes, role }: Token): string {
  if (role === 'publisher') {
    return extensionPrefixes && extensionPrefixes.length > 0 ? words.under(list(extensionPrefixes)) : words.allExtensions;
  }
  return !tenants || tenants.includes('*') ? words.allTenants : list(tenants);
}

export function StandingChip({ of }: { of: Token }) {
  const standing = standingOf(of, now());
  return standing === 'well' ? null : <Chip tone={tones[standing]}>{words.standing[standing]}</Chip>;
}

export const LastUsed = ({ of }: { of: Token }) =>
  of.lastUsedAt ? <FromNow at={of.lastUsedAt} /> : <span className={styles.muted}>{words.neverUsed}</span>;

export const Expires = ({ of }: { of: Token }) =>
  of.expiresAt ? <FromNow at={of.expiresAt} /> : <span className={styles.muted}>{words.never}</span>;

export const columnsOf = (open: (token: Token) => void): ReadonlyArray<Column<Token>> => [
  {
    id: 'name',
    header: words.columns.name,
    size: 130,
    grow: 1.6,
    cell: (row) => (
      <>
        <RowButton onPress={() => open(row)}>{row.name}</RowButton> <StandingChip of={row} />
      </>
    ),
  },
  { id: 'role', header: words.columns.role, size: 84, cell: (row) => texts.shell.roles[row.role] ?? row.role },
  {
    id: 'reach',
    header: words.columns.reach,
    size: 120,
    grow: 1.4,
    from: 560,
    cell: (row) => (
      <span className={styles.muted} title={reachOf(row)}>
        {reachOf(row)}
      </span>
    ),
  },
  { id: 'used', header: words.columns.used, size: 100, cell: (row) => <LastUsed of={row} /> },
  { id: 'expires', header: words.columns.expires, size: 96, from: 460, cell: (row) => <Expires of={row} /> },
  { id: 'by', header: words.columns.by, size: 96, grow: 0.6, from: 700, cell: (row) => <span className={styles.muted}>{row.madeBy}</span> },
];
