import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { extensionsQuery, type Version } from '../../api/extensions';
import { holdersQuery } from '../../api/holders';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay, useSession } from '../../app/session';
import { Button } from '../../parts/button';
import { CompilationMark } from '../../parts/compilation';
import { Empty } from '../../parts/feedback/empty';
import { Unread } from '../../parts/feedback/unread';
import { Columns, PageFrame } from '../../parts/page/page';
import { RowButton } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { DataTable } from '../../parts/table/data-table';
import { FromNow } from '../../parts/time/when';
import { number, texts } from '../../texts';
import { byVersion } from '../extensions/holding';
import { latestFirst } from '../extensions/versions';
import { InstallDialog } from '../installs/install-dialog';
import styles from './extension.module.css';
import { HoldersPanel } from './holders-panel';
import { CapabilitiesPanel, EndpointsPanel, FactsPanel, ManifestPanel } from './version-panels';
import { WithdrawDialog } from './withdraw-dialog';

const words = texts.extensions.one;
const rowId = (row: Version) => row.version;

/** One extension: its versions, what each asks for and can do, who has it. */
export function ExtensionPage() {
  const scope = useScope();
  const { extensionId = '' } = useParams({ strict: false }) as { extensionId?: string };
  const { version: picked } = useSearch({ from: '/t/$scope/extensions/$extensionId' });
  const navigate = useNavigate();
  const may = useMay();
  const { role } = useSession();
  const [doing, setDoing] = useState<'withdraw' | 'install'>();
  const { data, error, refetch } = useQuery(extensionsQuery);
  const versions = useMemo(() => latestFirst(data?.items.find(({ id }) => id === extensionId)?.versions ?? []), [data, extensionId]);
  const holders = useQuery({ ...holdersQuery(scope, extensionId), enabled: !isAll(scope) || may.seeAll });
  const install = isAll(scope) ? undefined : holders.data?.installs[0];
  // Its column is there from the beginning, so that nothing moves once it is known.
  const counted = isAll(scope) && may.seeAll;
  const counts = useMemo(() => holders.data && new Map(byVersion(holders.data.installs)), [holders.data]);
  const pick = useCallback(
    (row: Version) =>
      void navigate({
        to: '/t/$scope/extensions/$extensionId',
        params: { scope, extensionId },
        search: { version: row.version },
        replace: true,
        resetScroll: false,
      }),
    [navigate, scope, extensionId],
  );
  const columns = useMemo<ReadonlyArray<Column<Version>>>(
    () => [
      {
        id: 'version',
        header: words.columns.version,
        size: 110,
        grow: 1,
        cell: (row) => <RowButton onPress={() => pick(row)}>{row.version}</RowButton>,
      },
      { id: 'state', header: words.columns.state, size: 110, cell: (row) => <CompilationMark of={row} /> },
      { id: 'when', header: words.columns.when, size: 100, cell: (row) => <FromNow at={row.publishedAt} /> },
      {
        id: 'capabilities',
        header: words.columns.capabilities,
        size: 84,
        align: 'end',
        from: 480,
        cell: (row) => number(row.capabilities.length),
      },
      { id: 'endpoints', header: words.columns.endpoints, size: 96, align: 'end', from: 560, cell: (row) => number(row.endpoints.length) },
      ...(counted
        ? [
            {
              id: 'has',
              header: words.columns.has,
              size: 88,
              align: 'end' as const,
              cell: (row: Version) => counts && number(counts.get(row.version) ?? 0),
            },
          ]
        : []),
    ],
    [pick, counted, counts],
  );

  const shown = versions.find(({ version }) => version === picked) ?? versions[0];
  if (!shown) {
    return (
      <PageFrame
        title={extensionId}
        sub={
          <Link to="/t/$scope/extensions" params={{ scope }}>
            {texts.extensions.title}
          </Link>
        }
      >
        {data ? <Empty title={words.gone} /> : <Unread of={{ error, refetch }} rows={8} height={22} whole />}
      </PageFrame>
    );
  }
  const name = words.headline(extensionId, shown.version);
  return (
    <PageFrame
      title={name}
      sub={
        <>
          <Link to="/t/$scope/extensions" params={{ scope }}>
            {texts.extensions.title}
          </Link>{' '}
          · <span>{shown.publisher}</span>
        </>
      }
      actions={
        <>
          {install && (
            <Link className={styles.button} to="/t/$scope/installs/$installId" params={{ scope, installId: install.id }}>
              {words.openInstall}
            </Link>
          )}
          {!isAll(scope) && may.change && holders.data && !install && (
            <Button look="main" onPress={() => setDoing('install')}>
              {words.installIn(scope)}
            </Button>
          )}
          {(!isAll(scope) || may.seeAll) && (
            <Link className={styles.button} to="/t/$scope/runs" params={{ scope }} search={{ versionId: shown.id, state: 'failed' }}>
              {words.failed}
            </Link>
          )}
          {(role === 'operator' || role === 'publisher') && <Button onPress={() => setDoing('withdraw')}>{words.withdraw}</Button>}
        </>
      }
    >
      <Columns
        main={
          <>
            <DataTable id="versions" label={words.label} columns={columns} rows={versions} rowId={rowId} rowName={rowId} onOpen={pick} height={360} />
            <EndpointsPanel version={shown} />
            <ManifestPanel version={shown} />
          </>
        }
        side={
          <>
            <FactsPanel version={shown} />
            <CapabilitiesPanel version={shown} />
            <HoldersPanel scope={scope} extensionId={extensionId} version={shown.version} />
          </>
        }
      />
      {doing === 'withdraw' && <WithdrawDialog of={shown} name={name} onClose={() => setDoing(undefined)} />}
      {doing === 'install' && <InstallDialog tenant={scope} extensionId={extensionId} version={shown.version} onClose={() => setDoing(undefined)} />}
    </PageFrame>
  );
}
