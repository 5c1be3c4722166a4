import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { futureQuery, pastQuery, repeatsQuery, type Past, type Span } from '../../api/calendar';
import { scheduleQuery } from '../../api/schedule';
import { zonesQuery } from '../../api/zones';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { ownZone } from '../../parts/time/format';
import { useShownZone, useTimeMode } from '../../parts/time/preference';
import { usePauses } from '../../parts/paused/use-pauses';
import { cellsOf, isSpread } from './cells';
import { daysOf, instantsOf, placeOf, type View } from './dates';
import { madeUpOf } from './made-up';
import type { CalendarSearch } from './search';
import { byNumber } from './zones';

const hour = 3_600_000;
const furthest = 31 * 24 * hour;

/** What the calendar shows: the days and cells of its view, the past from the ledger, what is to come from the forecast or the schedule's next times. */
export function useCalendar(scope: string, search: CalendarSearch) {
  const view: View = search.view ?? 'week';
  const { installId, scheduleId } = search;
  const at = { tenant: scope, installId: installId ?? '', scheduleId: scheduleId ?? '' };
  const schedule = useQuery({ ...scheduleQuery(at), enabled: Boolean(scheduleId) && !isAll(scope) });
  const mode = useTimeMode();
  const listed = useQuery(zonesQuery(scope));
  const zones = useMemo(() => byNumber(listed.data ?? []), [listed.data]);
  // Until it is known whose clocks it is on nothing is asked for: it would be asked for again.
  const known = Boolean(search.zone ?? schedule.data) || mode === 'utc' || isAll(scope) || !listed.isPending;
  const own = useShownZone(schedule.data?.timezone ?? zones[0] ?? ownZone());
  const zone = search.zone ?? own;

  const today = placeOf(now(), zone);
  const day = search.day ?? today.day;
  const days = useMemo(() => daysOf(view, day), [view, day]);
  const { from, to } = useMemo(() => instantsOf(days, zone), [days, zone]);
  const hasPast = Date.parse(from) < now();
  const ahead = aheadOf(from, to);
  const hasFuture = ahead.from < ahead.to;

  const of = { scope, installId, scheduleId };
  const troubles = useQuery({ ...pastQuery(of, from, to, 'troubles'), enabled: hasPast && known });
  const successes = useQuery({ ...pastQuery(of, from, to, 'successes'), enabled: hasPast && known });
  const repeats = useQuery({ ...repeatsQuery(of, from), enabled: (troubles.data?.runs.length ?? 0) > 0 });
  const forecast = useQuery({ ...futureQuery(of, [from, to], () => aheadOf(from, to), 'hour'), enabled: hasFuture && known });
  const read = [...(hasPast ? [troubles, successes] : []), ...(hasFuture ? [forecast] : [])];
  const wanted = scheduleId ? [...read, schedule] : read;
  const runs = useMemo(
    () => (hasPast ? [...(troubles.data?.runs ?? []), ...(successes.data?.runs ?? [])] : []),
    [hasPast, troubles.data, successes.data],
  );
  const madeUp = useMemo(() => madeUpOf(troubles.data?.runs ?? [], repeats.data ?? []), [troubles.data, repeats.data]);
  const cells = useMemo(
    () => cellsOf(runs, hasFuture ? forecast.data : undefined, zone, view !== 'month', madeUp),
    [runs, hasFuture, forecast.data, zone, view, madeUp],
  );
  const pauses = usePauses(scope, installId, scheduleId);

  return {
    view,
    zone,
    zones,
    day,
    days,
    cells,
    madeUp,
    today,
    schedule: schedule.data,
    unread: wanted.find(({ data, error }) => !data && error),
    pending: read.some(({ data }) => !data),
    spread: runs.some(isSpread),
    pauses,
    cutAt: hasPast ? cut(from, troubles.data, successes.data) : undefined,
    far: Date.parse(ahead.to) < Date.parse(to),
    past: hasPast,
    over: Date.parse(to) < now(),
    future: hasFuture,
  };
}

/** What of a time is to come, as far as a forecast reaches. */
function aheadOf(from: string, to: string): Span {
  const thisHour = Math.floor(now() / hour) * hour;
  return {
    from: new Date(Math.max(Date.parse(from), thisHour)).toISOString(),
    to: new Date(Math.min(Date.parse(to), thisHour + furthest)).toISOString(),
  };
}

/** From when on each half of the past is whole, where not all of it was read. */
function cut(
  from: string,
  troubles: Past | undefined,
  successes: Past | undefined,
): { all: string | undefined; successes: string | undefined } | undefined {
  const back = (past: Past | undefined) => (past && past.back > from ? past.back : undefined);
  return back(troubles) || back(successes) ? { all: back(troubles), successes: back(successes) } : undefined;
}
