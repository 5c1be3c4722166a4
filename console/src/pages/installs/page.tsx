import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { extensionsQuery, type Version } from '../../api/extensions';
import { installsQuery } from '../../api/tenants';
import type { Install } from '../../api/types';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Chip } from '../../parts/chip';
import { Empty } from '../../parts/feedback/empty';
import { Mark } from '../../parts/outcome/mark';
import { ListPage } from '../../parts/page/list-page';
import { holdingAll } from '../../parts/paused/pauses';
import { PauseNotices } from '../../parts/paused/pause-notice';
import { usePauses } from '../../parts/paused/use-pauses';
import { RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';
import { GonePanel } from './gone-panel';
import { newerThan } from './grants';
import { stateOf } from './state';
import styles from './installs.module.css';
import { TenantsInstalls } from './of-all';

const words = texts.installs;
const rowId = (row: Install) => row.id;
const rowName = (row: Install) => row.extensionId;

const columnsOf = (versions: ReadonlyMap<string, readonly Version[]>, held: boolean): ReadonlyArray<Column<Install>> => [
  {
    id: 'extension',
    header: words.columns.extension,
    size: 190,
    grow: 2,
    cell: (row) => (
      <RowLink to="/t/$scope/installs/$installId" params={{ scope: row.tenant, installId: row.id }}>
        {row.extensionId}
      </RowLink>
    ),
  },
  { id: 'version', header: words.columns.version, size: 84, cell: (row) => row.version },
  {
    id: 'newer',
    header: words.columns.newer,
    size: 110,
    grow: 1,
    from: 560,
    cell: (row) => {
      const newer = newerThan(versions.get(row.extensionId) ?? [], row.version);
      return newer && <Chip tone="accent">{words.newerVersion(newer.version)}</Chip>;
    },
  },
  {
    id: 'state',
    header: words.columns.state,
    size: 104,
    cell: (row) => {
      const state = stateOf(row, held);
      return <Mark of={state === 'enabled' ? 'succeeded' : state}>{words.states[state]}</Mark>;
    },
  },
  {
    id: 'granted',
    header: words.columns.granted,
    size: 84,
    from: 520,
    cell: (row) => words.of(row.capabilities.length, row.declaredCapabilities.length),
  },
  { id: 'changed', header: words.columns.changed, size: 100, from: 640, cell: (row) => <FromNow at={row.updatedAt} /> },
];

/** What a tenant has, and what it had and can have back. */
export function InstallsPage() {
  const scope = useScope();
  return isAll(scope) ? <TenantsInstalls /> : <OfTenant tenant={scope} />;
}

function OfTenant({ tenant }: { tenant: string }) {
  const navigate = useNavigate();
  const read = useQuery(installsQuery(tenant));
  const extensions = useQuery(extensionsQuery);
  const versions = useMemo(() => new Map((extensions.data?.items ?? []).map((one) => [one.id, one.versions])), [extensions.data]);
  // Those that hold all installs of the tenant.
  const above = holdingAll(usePauses(tenant), tenant);
  const columns = useMemo(() => columnsOf(versions, above.length > 0), [versions, above.length]);
  const open = useCallback(
    (row: Install) => void navigate({ to: '/t/$scope/installs/$installId', params: { scope: tenant, installId: row.id } }),
    [navigate, tenant],
  );
  const rows = read.data?.items ?? [];
  const newer = rows.filter((row) => newerThan(versions.get(row.extensionId) ?? [], row.version)).length;
  const add = useMay().change && (
    <Link className={styles.button} to="/t/$scope/extensions" params={{ scope: tenant }}>
      {words.add}
    </Link>
  );
  return (
    <ListPage
      title={read.data ? words.headline(tenant, rows.length) : words.title}
      tab={words.title}
      sub={extensions.data && rows.length > 0 && words.newer(newer)}
      actions={add}
      bar={<PauseNotices held={above} tenant={tenant} />}
      read={read}
      id="installs"
      label={words.label}
      columns={columns}
      rows={rows}
      rowId={rowId}
      rowName={rowName}
      onOpen={open}
      height={560}
      empty={
        <Empty title={words.empty.none}>
          {add ? words.empty.noneNext : words.empty.others}
          {add}
        </Empty>
      }
      under={<GonePanel tenant={tenant} />}
    />
  );
}
