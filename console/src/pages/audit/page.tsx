import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { installsQuery } from '../../api/tenants';
import type { Audit } from '../../api/types';
import { now } from '../../app/clock';
import { useCommands } from '../../app/commands';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { FilterBar } from '../../parts/filter/filter-bar';
import { Search } from '../../parts/form/search';
import { Switch } from '../../parts/form/switch';
import { ListPage } from '../../parts/page/list-page';
import { formatTime } from '../../parts/time/format';
import { texts } from '../../texts';
import styles from './audit.module.css';
import { columnsOf, didOf } from './columns';
import { EntryDialog } from './entry-dialog';
import { ExportDialog } from './export-dialog';
import { useAuditFilters } from './filters';
import type { AuditSearch } from './search';
import { UndoEntryDialog } from './undo-entry-dialog';
import { useAudit } from './use-audit';

const words = texts.audit;
const rowId = (row: Audit) => row.id;

export function AuditPage() {
  const scope = useScope();
  const search = useSearch({ from: '/t/$scope/audit' });
  const navigate = useNavigate();
  const audit = useAudit(scope, search);
  const found = useQuery({ ...installsQuery(scope), enabled: !isAll(scope) });
  const installs = useMemo(() => new Map((found.data?.items ?? []).map((install) => [install.id, install])), [found.data]);
  const [undoing, setUndoing] = useState<Audit>();
  const [exporting, setExporting] = useState(false);
  const set = useCallback(
    (change: Partial<Record<keyof AuditSearch, string | undefined>>, replace = false) =>
      void navigate({
        to: '/t/$scope/audit',
        params: { scope },
        search: (old) => dropEmpty({ ...(old as AuditSearch), ...change }),
        replace,
        resetScroll: false,
      }),
    [navigate, scope],
  );
  const open = useCallback((entry: Audit) => set({ entry: entry.id }), [set]);
  const columns = useMemo(() => columnsOf(installs, open), [installs, open]);
  const onSearch = useCallback((q: string) => set({ q: q || undefined }, true), [set]);
  useCommands(useMemo(() => [{ id: 'audit-export', text: words.export.open, act: () => setExporting(true) }], []));
  const { entry: picked, follow, ...filters } = search;
  const shown = picked ? audit.rows.find(({ id }) => id === picked) : undefined;
  const oldest = audit.rows.at(-1);

  return (
    <ListPage
      title={isAll(scope) ? words.host : words.tenant(scope)}
      tab={words.title}
      sub={isAll(scope) ? words.hostSub : words.tenantSub}
      actions={<Button onPress={() => setExporting(true)}>{words.export.open}</Button>}
      bar={
        <FilterBar filters={useAuditFilters(scope, installs)} values={filters} onChange={(name, value) => set({ [name]: value })}>
          <Search label={words.search} value={filters.q ?? ''} onChange={onSearch} />
          <Switch isSelected={follow === 'true'} onChange={(on) => set({ follow: on ? 'true' : undefined }, true)} hint={words.followHint}>
            {words.follow}
          </Switch>
        </FilterBar>
      }
      read={audit.query}
      id="audit"
      label={words.label}
      columns={columns}
      rows={audit.shown}
      rowId={rowId}
      rowName={didOf}
      onOpen={open}
      hasMore={audit.hasMore}
      stopped={audit.stopped}
      loadingMore={audit.loadingMore}
      onMore={audit.more}
      empty={
        audit.narrow ? (
          <Empty title={words.empty.found}>
            {words.empty.foundNext}
            <Button onPress={() => void navigate({ to: '/t/$scope/audit', params: { scope }, search: {} })}>{words.empty.clear}</Button>
          </Empty>
        ) : (
          <Empty title={words.empty.none}>{words.empty.noneNext}</Empty>
        )
      }
      under={
        audit.narrow &&
        oldest && (
          <p className={styles.looked} role="status">
            {audit.all ? words.lookedAll(audit.rows.length) : words.looked(audit.rows.length, formatTime(oldest.at, 'UTC', 'minute', now()))}
            {audit.further && (
              <Button look="quiet" onPress={audit.further}>
                {words.further}
              </Button>
            )}
          </p>
        )
      }
    >
      {shown && !undoing && (
        <EntryDialog
          scope={scope}
          entry={shown}
          install={shown.installId ? installs.get(shown.installId) : undefined}
          onUndo={() => setUndoing(shown)}
          onEarlier={(id) => set({ entry: id })}
          onClose={() => set({ entry: undefined }, true)}
        />
      )}
      {undoing && (
        <UndoEntryDialog
          scope={scope}
          entry={undoing}
          onClose={() => {
            setUndoing(undefined);
            set({ entry: undefined }, true);
          }}
        />
      )}
      {exporting && <ExportDialog scope={scope} search={filters} onClose={() => setExporting(false)} />}
    </ListPage>
  );
}

function dropEmpty(search: Partial<Record<keyof AuditSearch, string | undefined>>): AuditSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));
}
