import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { extensionsQuery } from '../../api/extensions';
import { installsQuery } from '../../api/tenants';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useSession } from '../../app/session';
import { CompilationMark } from '../../parts/compilation';
import { Empty } from '../../parts/feedback/empty';
import { Search } from '../../parts/form/search';
import { ListPage } from '../../parts/page/list-page';
import { RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { FromNow } from '../../parts/time/when';
import { number, texts } from '../../texts';
import styles from './extensions.module.css';
import { PublishPanel } from './publish-panel';
import { listed, type ListedExtension } from './versions';

const words = texts.extensions;
const rowId = (row: ListedExtension) => row.id;

function columnsOf(scope: string): ReadonlyArray<Column<ListedExtension>> {
  const all: ReadonlyArray<Column<ListedExtension> | false> = [
    {
      id: 'id',
      header: words.columns.id,
      size: 150,
      grow: 2,
      cell: (row) => (
        <RowLink to="/t/$scope/extensions/$extensionId" params={{ scope, extensionId: row.id }}>
          {row.id}
        </RowLink>
      ),
    },
    { id: 'latest', header: words.columns.latest, size: 110, from: 420, cell: (row) => row.latest.version },
    { id: 'state', header: words.columns.state, size: 110, cell: (row) => <CompilationMark of={row.latest} /> },
    !isAll(scope) && {
      id: 'has',
      header: words.columns.has,
      size: 110,
      from: 520,
      cell: ({ install }: ListedExtension) =>
        install ? (
          <span>
            {install.version} {!install.enabled && words.disabled}
          </span>
        ) : (
          <span className={styles.muted}>{words.notHad}</span>
        ),
    },
    { id: 'when', header: words.columns.when, size: 100, from: 640, cell: (row) => <FromNow at={row.latest.publishedAt} /> },
    { id: 'versions', header: words.columns.versions, size: 80, align: 'end', from: 760, cell: (row) => number(row.versions.length) },
    {
      id: 'publisher',
      header: words.columns.publisher,
      size: 110,
      grow: 1,
      from: 880,
      cell: (row) => <span className={styles.muted}>{row.latest.publisher}</span>,
    },
  ];
  return all.filter((column) => column !== false);
}

/** The registry: what is published, how far it is compiled, and publishing by drop. */
export function ExtensionsPage() {
  const scope = useScope();
  const navigate = useNavigate();
  const { role } = useSession();
  const mayPublish = role === 'operator' || role === 'publisher';
  const [q, setQ] = useState('');
  const read = useQuery(extensionsQuery);
  const { data } = read;
  const installs = useQuery({ ...installsQuery(scope), enabled: !isAll(scope) });
  const all = useMemo(() => listed(data?.items ?? [], installs.data?.items ?? [], ''), [data, installs.data]);
  const rows = useMemo(() => listed(data?.items ?? [], installs.data?.items ?? [], q), [data, installs.data, q]);
  const columns = useMemo(() => columnsOf(scope), [scope]);
  const open = useCallback(
    (row: ListedExtension) => void navigate({ to: '/t/$scope/extensions/$extensionId', params: { scope, extensionId: row.id } }),
    [navigate, scope],
  );
  const states = all.flatMap(({ versions }) => versions.map(({ compilation }) => compilation.state));
  const compiling = states.filter((state) => state === 'pending' || state === 'compiling').length;
  const refused = all.filter(({ latest }) => latest.compilation.state === 'refused').length;
  return (
    <ListPage
      title={data ? words.headline(all.length, compiling, refused) : words.title}
      tab={words.title}
      sub={isAll(scope) ? words.sub : words.subTenant(scope)}
      bar={
        <>
          {mayPublish && <PublishPanel scope={scope} />}
          <div className={styles.bar}>
            <Search label={words.search} value={q} onChange={setQ} />
          </div>
        </>
      }
      read={read}
      id="extensions"
      label={words.label}
      columns={columns}
      rows={rows}
      rowId={rowId}
      rowName={rowId}
      onOpen={open}
      empty={
        all.length > 0 ? (
          <Empty title={words.empty.found}>{words.empty.foundNext}</Empty>
        ) : (
          <Empty title={words.empty.none} {...(mayPublish ? { command: words.empty.command } : {})}>
            {mayPublish ? words.empty.noneNext : words.empty.others}
          </Empty>
        )
      }
    />
  );
}
