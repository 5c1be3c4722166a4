import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { now } from '../../app/clock';
import { useKeys } from '../../app/keys';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { withoutEmpty } from '../../app/without-empty';
import { Button, IconButton } from '../../parts/button';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Unread } from '../../parts/feedback/unread';
import { Choice } from '../../parts/form/choice';
import { CellGrid } from '../../parts/grid/cell-grid';
import { Columns, PageFrame } from '../../parts/page/page';
import { covering } from '../../parts/paused/pauses';
import { formatTime } from '../../parts/time/format';
import { texts } from '../../texts';
import { CalendarOf } from './calendar-of';
import styles from './calendar.module.css';
import { CellContent, saidOf } from './cell-content';
import { CellPanel } from './cell-panel';
import { sumOf } from './cells';
import { hourOf, instantsOf, stepped, views } from './dates';
import { dayName, hourName, nameOf, slotsOf } from './grid-of';
import type { CalendarSearch } from './search';
import { useCalendar } from './use-calendar';

const words = texts.calendar;

/** The past from the ledger and the future from the forecast, in one month, week or day. */
export function CalendarPage() {
  const scope = useScope();
  const search = useSearch({ from: '/t/$scope/calendar' });
  const navigate = useNavigate();
  const calendar = useCalendar(scope, search);
  const { view, zone, day, days, cells, today } = calendar;
  const set = useCallback(
    (change: { [K in keyof CalendarSearch]: CalendarSearch[K] | undefined }, replace = false) =>
      void navigate({
        to: '/t/$scope/calendar',
        params: { scope },
        search: (old) => withoutEmpty<CalendarSearch>({ ...(old as CalendarSearch), ...change }),
        replace,
        resetScroll: false,
      }),
    [navigate, scope],
  );
  const step = useCallback((by: 1 | -1) => set({ day: stepped(view, day, by), cell: undefined }), [set, view, day]);
  useKeys(
    useMemo(
      () => [
        { keys: '[', text: words.before, act: () => step(-1) },
        { keys: ']', text: words.after, act: () => step(1) },
        { keys: '.', text: words.today, act: () => set({ day: undefined, cell: undefined }) },
      ],
      [step, set],
    ),
  );

  const { columns, rows } = useMemo(() => slotsOf(view, days), [view, days]);
  const here = view === 'month' ? today.day : `${today.day}T${String(today.hour).padStart(2, '0')}`;
  const all = rows.flatMap((row) => row.slots);
  const selected =
    all.find(({ key }) => key === search.cell) ?? all.find(({ key }) => key === here) ?? all.find((slot) => slot.day === day) ?? all[0];
  const isOther = (one: string) => view === 'month' && one.slice(0, 7) !== day.slice(0, 7);
  const what = nameOf(view, day, days);
  const nameOfSlot = (slot: { day: string; hour?: number }) =>
    slot.hour === undefined ? dayName(slot.day) : `${dayName(slot.day)} ${hourName(slot.hour)}`;
  const sums = sumOf(all.flatMap(({ key }) => cells.get(key) ?? []));
  const span = !selected
    ? { from: '', to: '' }
    : selected.hour === undefined
      ? instantsOf([selected.day], zone)
      : hourOf(selected.day, selected.hour, zone);
  return (
    <PageFrame
      title={calendar.pending ? words.loading(what) : calendar.past ? words.headline(sums, what) : words.ahead(sums.future, what)}
      tab={words.title}
      loading={calendar.pending}
      sub={
        <>
          <span>{words.zone(zone)}</span> {!calendar.pending && calendar.past && <span>{words.ran(sums.good)}</span>}{' '}
          {sums.madeUp > 0 && <span>{words.wereMadeUp(sums.madeUp)}</span>}{' '}
          {!calendar.pending && calendar.future && <span>{sums.future === 0 && calendar.pauses.length > 0 ? words.held : words.toCome(sums.future)}</span>}
        </>
      }
      actions={
        <>
          <IconButton name={words.before} onPress={() => step(-1)}>
            ‹
          </IconButton>
          <Button onPress={() => set({ day: undefined, cell: undefined })}>{words.today}</Button>
          <IconButton name={words.after} onPress={() => step(1)}>
            ›
          </IconButton>
          <Choice
            quiet
            label={words.view}
            value={view}
            options={views.map((value) => ({ value, text: words.views[value] ?? value }))}
            onChange={(value) => set({ view: value, cell: undefined })}
          />
        </>
      }
    >
      <CalendarOf
        scope={scope}
        search={search}
        name={calendar.schedule ? calendar.schedule.name || calendar.schedule.endpoint : search.scheduleId}
        zone={zone}
        zones={calendar.zones}
        set={set}
      />
      {isAll(scope) && calendar.over && <p className={styles.say}>{words.allPast}</p>}
      {calendar.far && <p className={styles.say}>{words.far}</p>}
      {calendar.unread && cells.size === 0 ? (
        <Unread of={calendar.unread} rows={view === 'month' ? 6 : 24} height={heights[view]} whole />
      ) : (
        <Columns
          main={
            <>
              {calendar.unread && <Unread of={calendar.unread} rows={0} />}
              {calendar.pending && cells.size === 0 ? (
                <Skeleton rows={view === 'month' ? 6 : 24} height={heights[view]} />
              ) : (
                <CellGrid
                  label={words.grid(what)}
                  look={view === 'month' ? styles.month : view === 'day' ? styles.day : styles.week}
                  columns={columns}
                  rows={rows.map((row) => ({
                    ...row,
                    cells: row.slots.map((slot) => {
                      const cell = cells.get(slot.key);
                      return {
                        key: slot.key,
                        label: words.cell(nameOfSlot(slot), saidOf(cell)),
                        look: `${slot.key === here ? styles.here : ''} ${isOther(slot.day) ? styles.other : ''}`,
                        content: <CellContent cell={cell} {...(view === 'month' ? { day: Number(slot.day.slice(8)) } : {})} />,
                      };
                    }),
                  }))}
                  selected={selected?.key}
                  onSelect={(key) => set({ cell: key }, true)}
                  onOpen={(key) => view !== 'day' && set({ view: 'day', day: key.slice(0, 10), cell: undefined })}
                />
              )}
              {calendar.cutAt && <p className={styles.say}>{cutOf(calendar.cutAt, zone)}</p>}
              {calendar.spread && <p className={styles.say}>{words.spread}</p>}
            </>
          }
          side={
            selected && (
              <CellPanel
                scope={scope}
                installId={search.installId}
                name={nameOfSlot(selected)}
                cell={cells.get(selected.key)}
                madeUp={calendar.madeUp}
                zone={zone}
                schedule={calendar.schedule}
                span={span}
                onSchedule={(of) => set({ ...of, cell: selected.key })}
                pauses={covering(calendar.pauses, span.from, span.to)}
                onDay={view === 'day' ? undefined : () => set({ view: 'day', day: selected.day, cell: undefined })}
              />
            )
          }
        />
      )}
    </PageFrame>
  );
}

// Of a placeholder for a row, with the room between two as high as the row is.
const heights = { month: 73, week: 11, day: 15 };

function cutOf({ all, successes }: { all: string | undefined; successes: string | undefined }, zone: string): string {
  const when = (at: string) => formatTime(at, zone, 'minute', now());
  return all ? words.cutAll(when(all)) : successes ? words.cut(when(successes)) : '';
}
