import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { ownPausedQuery } from '../../api/now';
import { listSchedules } from '../../api/schedules';
import { installsQuery, tenantsQuery } from '../../api/tenants';
import type { ListedSchedule } from '../../api/types';
import { tenantIn, type InTenant } from '../../app/palette/tenant-in';
import { useReachable } from '../../app/reachable';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { withoutEmpty } from '../../app/without-empty';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { FoundNone } from '../../parts/feedback/found-none';
import { FilterBar } from '../../parts/filter/filter-bar';
import { Search } from '../../parts/form/search';
import { ListPage } from '../../parts/page/list-page';
import { holdingAll, pausedItself } from '../../parts/paused/pauses';
import { PauseNotices } from '../../parts/paused/pause-notice';
import { usePauses } from '../../parts/paused/use-pauses';
import { useSelection } from '../../parts/table/selection';
import { usePages } from '../../parts/table/use-pages';
import { texts } from '../../texts';
import { BulkBar } from './bulk-bar';
import { BulkNotices } from './bulk-notices';
import { columnsOf, nameOf } from './columns';
import { useScheduleFilters } from './filters';
import { filtersOf, sortOf, sortsOf, type SchedulesSearch } from './search';
import { SortChoice } from './sort-choice';

// What is typed into has more code than a list; it comes when it is asked for.
const NewDialog = lazy(() => import('../schedule/dialogs/new-dialog').then(({ NewDialog }) => ({ default: NewDialog })));

const words = texts.schedules;
const outcomes = 20;
const rowId = (row: ListedSchedule) => row.id;

export function SchedulesPage() {
  const scope = useScope();
  const search = useSearch({ from: '/t/$scope/schedules' });
  const navigate = useNavigate();
  const may = useMay();
  const filters = filtersOf(search);
  const sorts = sortsOf(isAll(scope), filters.extension);
  const sort = sorts.find((known) => known === search.sort) ?? sortOf(search);
  const columns = useMemo(() => columnsOf(scope), [scope]);
  const { selection, ...select } = useSelection();

  const list = usePages<ListedSchedule>({
    key: ['schedules', scope, filters, sort],
    read: (cursor, signal) => listSchedules(scope, { ...filters, sort, cursor, outcomes, limit: 50 }, signal),
    live: { on: ['schedule', 'run'], tenant: isAll(scope) ? undefined : scope, every: 3_000 },
  });
  const set = useCallback(
    (change: Partial<SchedulesSearch>) => {
      select.clear();
      void navigate({
        to: '/t/$scope/schedules',
        params: { scope },
        search: (old) => withoutEmpty<SchedulesSearch>({ ...(old as SchedulesSearch), ...change }),
        replace: 'q' in change,
      });
    },
    [navigate, scope, select.clear],
  );
  const open = useCallback(
    (row: ListedSchedule) =>
      void navigate({
        to: '/t/$scope/schedules/$installId/$scheduleId',
        params: { scope: row.tenant, installId: row.installId, scheduleId: row.id },
      }),
    [navigate],
  );
  const shownIds = useMemo(() => list.rows.map(rowId), [list.rows]);
  // The same for as long as the page is there, so that rows are not drawn anew with each page that is read.
  const shownNow = useRef(shownIds);
  shownNow.current = shownIds;
  const toggle = useCallback((id: string) => select.toggle(id, shownNow.current), [select.toggle]);
  const onSearch = useCallback((q: string) => set({ q: q || undefined }), [set]);
  const filtered = Object.keys(filters).length > 0;
  // What stands above an empty list is said of it.
  const isNone = filtered && list.query.data !== undefined && list.rows.length === 0;
  const reachable = useReachable(isNone && filters.q !== undefined);
  const elsewhere = isNone ? tenantIn(filters.q ?? '', reachable.map(({ tenant }) => tenant)) : undefined;
  const searchIn = ({ tenant, q }: InTenant) =>
    void navigate({ to: '/t/$scope/schedules', params: { scope: tenant }, search: { ...filters, q } });
  const installs = useQuery({ ...installsQuery(scope), enabled: may.change && !isAll(scope) }).data?.items ?? [];
  const canMake = installs.length > 0;
  const [making, setMaking] = useState(false);
  const above = holdingAll(usePauses(scope), scope);
  const standing = useStanding(scope, above.length > 0);

  return (
    <ListPage
      title={isNone ? words.title : standing.title}
      tab={words.title}
      sub={[isAll(scope) ? words.ofAll : words.of(scope), ...standing.sub].join(' · ')}
      actions={canMake && <Button onPress={() => setMaking(true)}>{words.new}</Button>}
      bar={
        <>
          <PauseNotices held={above} tenant={scope} />
          <FilterBar filters={useScheduleFilters()} values={filters} onChange={(name, value) => set({ [name]: value })}>
            <Search label={words.search} value={filters.q ?? ''} onChange={onSearch} />
            <SortChoice value={sort} among={sorts} onChange={(value) => set({ sort: value })} />
          </FilterBar>
          <BulkNotices scope={scope} />
          {may.change && (selection.all || selection.ids.size > 0) && (
            <BulkBar scope={scope} filters={filters} selection={selection} rows={list.rows} onMatching={select.selectMatching} onClear={select.clear} />
          )}
        </>
      }
      read={list.query}
      id="schedules"
      label={words.label}
      columns={columns}
      rows={list.rows}
      rowId={rowId}
      rowName={nameOf}
      onOpen={open}
      sort={sort}
      onSort={(value) => set({ sort: value })}
      {...(may.change
        ? {
            selection,
            onToggle: toggle,
            onToggleShown: (on: boolean) => (on ? select.selectShown(shownIds) : select.clear()),
          }
        : {})}
      {...list.paging}
      empty={
        filtered ? (
          <FoundNone
            title={words.empty.found}
            clear={words.empty.clear}
            onClear={() => void navigate({ to: '/t/$scope/schedules', params: { scope }, search: {} })}
          >
            {elsewhere ? (
              <Button look="main" onPress={() => searchIn(elsewhere)}>
                {words.empty.inTenant(elsewhere.q, elsewhere.tenant)}
              </Button>
            ) : (
              words.empty.foundNext
            )}
          </FoundNone>
        ) : (
          <Empty title={words.empty.none} command={words.empty.command}>
            {words.empty.noneNext}
          </Empty>
        )
      }
    >
      {making && <Suspense><NewDialog tenant={scope} installs={installs} onClose={() => setMaking(false)} /></Suspense>}
    </ListPage>
  );
}

/** How many there are, how many fail or paused themselves, or that all are paused; where the caller may know it at once. */
function useStanding(scope: string, held: boolean): { title: string; sub: string[] } {
  const { seeAll } = useMay();
  const tenants = useQuery({ ...tenantsQuery, enabled: seeAll });
  const own = useQuery(ownPausedQuery(scope)).data?.items.filter(pausedItself);
  const counted = tenants.data?.items.filter((tenant) => isAll(scope) || tenant.tenant === scope);
  if (!own || !counted || counted.length === 0 || tenants.data?.nextCursor) {
    return { title: words.title, sub: [] };
  }
  const all = counted.reduce((sum, tenant) => sum + tenant.schedules, 0);
  // What failed so often that it paused itself is counted there, and as failing until a run of it goes well.
  const failures = counted.reduce((sum, tenant) => sum + tenant.failingSchedules, 0);
  const failing = Math.max(0, failures - own.filter(({ failuresInARow }) => failuresInARow > 0).length);
  return held
    ? {
        title: words.held(all),
        sub: [...(failing > 0 ? [words.failing(failing)] : []), ...(own.length > 0 ? [words.pausedThemselves(own.length)] : [])],
      }
    : { title: words.headline(all, failing, own.length), sub: [] };
}
