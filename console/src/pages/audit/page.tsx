import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { installsQuery } from '../../api/tenants';
import type { Audit } from '../../api/types';
import { useCommands } from '../../app/commands';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { withoutEmpty } from '../../app/without-empty';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { FoundNone } from '../../parts/feedback/found-none';
import { Problem } from '../../parts/feedback/problem';
import { FilterBar } from '../../parts/filter/filter-bar';
import { Search } from '../../parts/form/search';
import { Switch } from '../../parts/form/switch';
import { ListPage } from '../../parts/page/list-page';
import { texts } from '../../texts';
import { columnsOf } from './columns';
import { didOf } from './said';
import { EntryDialog } from './entry-dialog';
import { ExportDialog } from './export-dialog';
import { useAuditFilters } from './filters';
import { filtersOf, isNarrow, type AuditSearch } from './search';
import { folded } from './together';
import { UndoBulkDialog, type BulkAt } from './undo-bulk-dialog';
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
  const [undoingBulk, setUndoingBulk] = useState<readonly BulkAt[]>();
  const [exporting, setExporting] = useState(false);
  const set = useCallback(
    (change: Partial<Record<keyof AuditSearch, string | undefined>>, replace = false) =>
      void navigate({
        to: '/t/$scope/audit',
        params: { scope },
        search: (old) => withoutEmpty<AuditSearch>({ ...(old as AuditSearch), ...change }),
        replace,
        resetScroll: false,
      }),
    [navigate, scope],
  );
  const open = useCallback((entry: Audit) => set({ entry: entry.id }), [set]);
  const columns = useMemo(() => columnsOf(scope, open), [scope, open]);
  const onSearch = useCallback((q: string) => set({ q: q || undefined }, true), [set]);
  useCommands(useMemo(() => [{ id: 'audit-export', text: words.export.open, act: () => setExporting(true) }], []));
  const undone = () => {
    setUndoing(undefined);
    setUndoingBulk(undefined);
    set({ entry: undefined }, true);
  };
  const { follow } = search;
  const filters = filtersOf(search);
  const { shown } = audit;
  const rows = useMemo(() => folded(audit.rows), [audit.rows]);

  return (
    <ListPage
      title={isAll(scope) ? words.host : words.tenant(scope)}
      tab={words.title}
      sub={isAll(scope) ? words.hostSub : words.tenantSub}
      actions={<Button onPress={() => setExporting(true)}>{words.export.open}</Button>}
      bar={
        <FilterBar filters={useAuditFilters(scope, installs, audit.rows[0]?.names)} values={{ ...filters }} onChange={(name, value) => set({ [name]: value })}>
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
      rows={rows}
      rowId={rowId}
      rowName={didOf}
      onOpen={open}
      {...audit.paging}
      empty={
        isNarrow(search) ? (
          <FoundNone
            title={words.empty.found}
            clear={words.empty.clear}
            onClear={() => void navigate({ to: '/t/$scope/audit', params: { scope }, search: {} })}
          >
            {words.empty.foundNext}
          </FoundNone>
        ) : (
          <Empty title={words.empty.none}>{words.empty.noneNext}</Empty>
        )
      }
    >
      {audit.missing && <Problem error={audit.missing} compact />}
      {shown && !undoing && !undoingBulk && (
        <EntryDialog
          scope={shown.tenant ?? scope}
          entry={shown}
          onUndo={() => setUndoing(shown)}
          onUndoBulk={setUndoingBulk}
          onOther={(id) => set({ entry: id })}
          onOf={(target) => set({ target, entry: undefined })}
          onClose={() => set({ entry: undefined }, true)}
        />
      )}
      {undoingBulk && <UndoBulkDialog of={undoingBulk} onDone={undone} onClose={() => setUndoingBulk(undefined)} />}
      {undoing && <UndoEntryDialog scope={undoing.tenant ?? scope} entry={undoing} onDone={undone} onClose={() => setUndoing(undefined)} />}
      {exporting && <ExportDialog scope={scope} search={filters} onClose={() => setExporting(false)} />}
    </ListPage>
  );
}
