import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { extensionsQuery } from '../../api/extensions';
import { holdersOfQuery } from '../../api/holders';
import { failingQuery, ownPausedQuery } from '../../api/now';
import { installsQuery } from '../../api/tenants';
import type { Install } from '../../api/types';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay, useSession } from '../../app/session';
import { CompilationMark } from '../../parts/compilation';
import { Empty } from '../../parts/feedback/empty';
import { Search } from '../../parts/form/search';
import { ListPage } from '../../parts/page/list-page';
import { pausedItself } from '../../parts/paused/pauses';
import { RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { FromNow } from '../../parts/time/when';
import { list, number, texts } from '../../texts';
import type { SchedulesSearch } from '../schedules/search';
import styles from './extensions.module.css';
import { byVersion, byExtension } from './holding';
import { PublishPanel } from './publish-panel';
import { listed, type ListedExtension } from './versions';

const words = texts.extensions;
const rowId = (row: ListedExtension) => row.id;
// Who has them is asked for each by itself.
const mostAsked = 30;

/** What is known of all of them: who has which version, how many of their schedules fail or paused themselves; undefined where it is not asked for. */
type Known = {
  held: ReadonlyMap<string, readonly Install[]> | undefined;
  failing: ReadonlyMap<string, number> | undefined;
  pausedThemselves: ReadonlyMap<string, number> | undefined;
};

function columnsOf(scope: string, { held, failing, pausedThemselves }: Known): ReadonlyArray<Column<ListedExtension>> {
  const all: ReadonlyArray<Column<ListedExtension> | false> = [
    {
      id: 'id',
      header: words.columns.id,
      size: 190,
      grow: 3,
      cell: (row) => (
        <RowLink to="/t/$scope/extensions/$extensionId" params={{ scope, extensionId: row.id }}>
          {row.id}
        </RowLink>
      ),
    },
    { id: 'latest', header: words.columns.latest, size: 96, from: 420, cell: (row) => row.latest.version },
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
    held !== undefined && {
      id: 'held',
      header: words.columns.held,
      size: 110,
      grow: 1,
      from: 520,
      cell: ({ id }: ListedExtension) => {
        const said = list(byVersion(held?.get(id) ?? []).map(([version, n]) => words.on(n, version)));
        return <span title={said}>{said}</span>;
      },
    },
    failing !== undefined && {
      id: 'failing',
      header: words.columns.failing,
      size: 76,
      align: 'end',
      from: 440,
      cell: ({ id }: ListedExtension) => <Count n={failing?.get(id)} scope={scope} search={{ extension: id, failing: 'true' }} />,
    },
    pausedThemselves !== undefined && {
      id: 'paused',
      header: words.columns.pausedThemselves,
      size: 108,
      align: 'end',
      from: 560,
      cell: ({ id }: ListedExtension) => <Count n={pausedThemselves?.get(id)} scope={scope} search={{ extension: id, paused: 'schedule' }} />,
    },
    { id: 'when', header: words.columns.when, size: 100, from: 640, cell: (row) => <FromNow at={row.latest.publishedAt} /> },
    { id: 'versions', header: words.columns.versions, size: 80, align: 'end', from: 760, cell: (row) => number(row.versions.length) },
    {
      id: 'publisher',
      header: words.columns.publisher,
      size: 110,
      grow: 1,
      from: 1000,
      cell: (row) => <span className={styles.muted}>{row.latest.publisher}</span>,
    },
  ];
  return all.filter((column) => column !== false);
}

/** How many schedules there are so, leading to them. */
const Count = ({ n, scope, search }: { n: number | undefined; scope: string; search: SchedulesSearch }) =>
  n ? (
    <Link className={styles.failing} to="/t/$scope/schedules" params={{ scope }} search={search}>
      {number(n)}
    </Link>
  ) : (
    <span className={styles.muted}>{n}</span>
  );

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
  const { seeAll } = useMay();
  const mayCount = !isAll(scope) || seeAll;
  const asks = isAll(scope) && seeAll && all.length <= mostAsked;
  const held = useQuery({ ...holdersOfQuery(all.map(({ id }) => id)), enabled: asks && all.length > 0 }).data;
  const failing = useQuery({ ...failingQuery(scope, 200), enabled: mayCount }).data;
  const own = useQuery({ ...ownPausedQuery(scope), enabled: mayCount }).data;
  const columns = useMemo(
    () =>
      columnsOf(scope, {
        held: asks ? (held ?? new Map()) : undefined,
        failing: mayCount && !failing?.nextCursor ? byExtension(all.map(({ id }) => id), failing?.items) : undefined,
        pausedThemselves: mayCount && !own?.nextCursor ? byExtension(all.map(({ id }) => id), own?.items.filter(pausedItself)) : undefined,
      }),
    [scope, all, asks, mayCount, held, failing, own],
  );
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
