import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { Run } from '../../api/types';
import { now } from '../../app/clock';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { withoutEmpty } from '../../app/without-empty';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { FoundNone } from '../../parts/feedback/found-none';
import { FilterBar } from '../../parts/filter/filter-bar';
import { ListPage } from '../../parts/page/list-page';
import { usePages } from '../../parts/table/use-pages';
import { formatTime } from '../../parts/time/format';
import { useShownZone } from '../../parts/time/preference';
import { texts } from '../../texts';
import { useUsualZone } from '../schedules/usual-zone';
import { columnsOf, nameOf } from './columns';
import { useRunFilters } from './filters';
import { readRuns } from './read-runs';
import { filtersOf, isOpen, type RunsSearch } from './search';
import { TimeDialog } from './time-dialog';
import { longestFirst } from './wanted';

const words = texts.runs;
const rowId = (run: Run) => run.id;
const rowName = (run: Run) => words.row(nameOf(run), formatTime(run.dueAt, run.timezone ?? 'UTC', 'minute', now()));

/** Runs over schedules, of a tenant or of all: what failed alike, what runs for long, what a time had. */
export function RunsPage() {
  const scope = useScope();
  const search = useSearch({ from: '/t/$scope/runs' });
  const navigate = useNavigate();
  const [choosing, setChoosing] = useState(false);
  const all = isAll(scope);
  const filters = filtersOf(search, all);
  const open = isOpen(filters);
  const list = usePages<Run>({
    key: ['runs', scope, 'list', filters],
    read: (cursor, signal) => readRuns(scope, filters, cursor, signal),
    live: { on: ['run'], tenant: all ? undefined : scope, every: 2_000 },
  });
  // Of what is open there is little, and what hangs is what is looked for; where there is more of it, it stays as the server has it.
  const whole = open && !list.paging.hasMore && !list.paging.stopped;
  const rows = useMemo(() => (whole ? longestFirst(list.rows) : list.rows), [whole, list.rows]);
  // One clock for all, for they stand in one order: that of the schedule that is asked for, else that which most of the tenant's have.
  const usual = useUsualZone(scope).zone;
  const clock = useShownZone(all ? 'UTC' : ((filters.scheduleId ? rows[0]?.timezone : usual) ?? usual ?? 'UTC'));
  const columns = useMemo(() => columnsOf(scope, clock), [scope, clock]);
  const set = useCallback(
    (change: Partial<RunsSearch>) =>
      void navigate({
        to: '/t/$scope/runs',
        params: { scope },
        search: (old) => withoutEmpty<RunsSearch>({ ...(old as RunsSearch), ...change }),
        resetScroll: false,
      }),
    [navigate, scope],
  );
  const show = useCallback((run: Run) => void navigate({ to: '/t/$scope/runs/$runId', params: { scope: run.tenant, runId: run.id } }), [navigate]);
  const sub = whole ? (all ? words.longestOfAll : words.longest(scope)) : !all ? words.of(scope) : open ? words.openOfAll : words.ofAll;

  return (
    <ListPage
      title={words.title}
      sub={words.onClocks(sub, clock)}
      bar={
        <FilterBar filters={useRunFilters(scope, list.rows, filters.versionId)} values={filters} onChange={(name, value) => set({ [name]: value })}>
          <Button look="quiet" onPress={() => setChoosing(true)}>
            {words.time.button}
          </Button>
        </FilterBar>
      }
      read={list.query}
      id="runs"
      label={words.label}
      columns={columns}
      rows={rows}
      rowId={rowId}
      rowName={rowName}
      onOpen={show}
      {...list.paging}
      empty={
        Object.keys(filters).length > 0 ? (
          <FoundNone
            title={open ? words.empty.open : words.empty.found}
            clear={words.empty.clear}
            onClear={() => void navigate({ to: '/t/$scope/runs', params: { scope }, search: {} })}
          >
            {open ? words.empty.openNext : words.empty.foundNext}
          </FoundNone>
        ) : (
          <Empty title={words.empty.none}>
            {words.empty.noneNext}{' '}
            <Link to="/t/$scope/schedules" params={{ scope }} style={{ color: 'var(--accent)' }}>
              {words.empty.schedules}
            </Link>
          </Empty>
        )
      }
    >
      {choosing && <TimeDialog of={filters} onTime={set} onClose={() => setChoosing(false)} />}
    </ListPage>
  );
}
