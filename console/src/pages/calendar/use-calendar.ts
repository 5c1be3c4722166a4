import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { futureQuery, pastQuery, type Past } from '../../api/calendar';
import { scheduleQuery } from '../../api/schedule';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { useTimeMode } from '../../parts/time/preference';
import { usePauses } from '../../parts/paused/use-pauses';
import { cellsOf, isSpread } from './cells';
import { daysOf, instantsOf, placeOf, type View } from './dates';
import type { CalendarSearch } from './search';

const hour = 3_600_000;
const furthest = 31 * 24 * hour;

/** What the calendar shows: the days and cells of its view, the past from the ledger, what is to come from the forecast or the schedule's next times. */
export function useCalendar(scope: string, search: CalendarSearch) {
  const view: View = search.view ?? 'week';
  const { installId, scheduleId } = search;
  const mode = useTimeMode();
  const at = { tenant: scope, installId: installId ?? '', scheduleId: scheduleId ?? '' };
  const schedule = useQuery({ ...scheduleQuery(at), enabled: Boolean(scheduleId) && !isAll(scope) });
  const zone = mode === 'utc' ? 'UTC' : (schedule.data?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);

  const thisHour = Math.floor(now() / hour) * hour;
  const today = placeOf(now(), zone);
  const day = search.day ?? today.day;
  const days = useMemo(() => daysOf(view, day), [view, day]);
  const { from, to } = useMemo(() => instantsOf(days, zone), [days, zone]);
  const hasPast = Date.parse(from) < now();
  const ahead = {
    from: new Date(Math.max(Date.parse(from), thisHour)).toISOString(),
    to: new Date(Math.min(Date.parse(to), thisHour + furthest)).toISOString(),
  };
  const hasFuture = ahead.from < ahead.to;

  const of = { scope, installId, scheduleId };
  const troubles = useQuery({ ...pastQuery(of, from, to, 'troubles'), enabled: hasPast });
  const successes = useQuery({ ...pastQuery(of, from, to, 'successes'), enabled: hasPast });
  const forecast = useQuery({ ...futureQuery(of, ahead.from, ahead.to, 'hour'), enabled: hasFuture });
  const runs = useMemo(
    () => (hasPast ? [...(troubles.data?.runs ?? []), ...(successes.data?.runs ?? [])] : []),
    [hasPast, troubles.data, successes.data],
  );
  const cells = useMemo(
    () => cellsOf(runs, hasFuture ? forecast.data : undefined, zone, view !== 'month'),
    [runs, hasFuture, forecast.data, zone, view],
  );
  const pauses = usePauses(scope, installId, scheduleId);

  return {
    view,
    zone,
    day,
    days,
    cells,
    today,
    schedule: schedule.data,
    error: troubles.error ?? successes.error ?? forecast.error ?? (scheduleId ? schedule.error : null),
    retry: () => void Promise.all([troubles.refetch(), successes.refetch(), forecast.refetch()]),
    pending: (hasPast && (troubles.isPending || successes.isPending)) || (hasFuture && forecast.isPending),
    spread: runs.some(isSpread),
    pauses,
    cutAt: hasPast ? cut(from, troubles.data, successes.data) : undefined,
    far: Date.parse(to) > thisHour + furthest,
    past: hasPast,
    over: Date.parse(to) < now(),
    future: hasFuture,
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
