import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import { listSchedules } from '../../api/schedules';
import { tenantsQuery } from '../../api/tenants';
import type { ListedSchedule } from '../../api/types';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { FilterBar } from '../../parts/filter/filter-bar';
import { Search } from '../../parts/form/search';
import { ListPage } from '../../parts/page/list-page';
import { useSelection } from '../../parts/table/selection';
import { usePages } from '../../parts/table/use-pages';
import { texts } from '../../texts';
import { BulkBar } from './bulk-bar';
import { columnsOf, nameOf } from './columns';
import { useScheduleFilters } from './filters';
import { filtersOf, sortOf, type SchedulesSearch } from './search';
import { SortChoice } from './sort-choice';

const words = texts.schedules;
const outcomes = 20;
const rowId = (row: ListedSchedule) => row.id;

export function SchedulesPage() {
  const scope = useScope();
  const search = useSearch({ from: '/t/$scope/schedules' });
  const navigate = useNavigate();
  const may = useMay();
  const sort = sortOf(search);
  const filters = filtersOf(search);
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
        search: (old) => dropEmpty({ ...(old as SchedulesSearch), ...change }),
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

  return (
    <ListPage
      title={useHeadline(scope)}
      tab={words.title}
      sub={isAll(scope) ? words.ofAll : words.of(scope)}
      bar={
        <>
          <FilterBar filters={useScheduleFilters()} values={filters} onChange={(name, value) => set({ [name]: value })}>
            <Search label={words.search} value={filters.q ?? ''} onChange={onSearch} />
            <SortChoice value={sort} onChange={(value) => set({ sort: value })} />
          </FilterBar>
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
      hasMore={list.hasMore}
      stopped={list.stopped}
      loadingMore={list.loadingMore}
      onMore={list.more}
      empty={
        filtered ? (
          <Empty title={words.empty.found}>
            {words.empty.foundNext}
            <Button onPress={() => void navigate({ to: '/t/$scope/schedules', params: { scope }, search: {} })}>{words.empty.clear}</Button>
          </Empty>
        ) : (
          <Empty title={words.empty.none} command={words.empty.command}>
            {words.empty.noneNext}
          </Empty>
        )
      }
    />
  );
}

/** How many there are, and how many fail; where the caller may know it at once. */
function useHeadline(scope: string): string {
  const { seeAll } = useMay();
  const tenants = useQuery({ ...tenantsQuery, enabled: seeAll });
  const counted = tenants.data?.items.filter((tenant) => isAll(scope) || tenant.tenant === scope);
  if (!counted || counted.length === 0 || tenants.data?.nextCursor) {
    return words.title;
  }
  return words.headline(
    counted.reduce((sum, tenant) => sum + tenant.schedules, 0),
    counted.reduce((sum, tenant) => sum + tenant.failingSchedules, 0),
  );
}

function dropEmpty(search: SchedulesSearch): SchedulesSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));
}
