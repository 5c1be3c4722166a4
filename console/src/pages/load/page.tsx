import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { futureQuery } from '../../api/calendar';
import type { Forecast } from '../../api/types';
import { now } from '../../app/clock';
import { useScope } from '../../app/scope';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Columns, PageFrame } from '../../parts/page/page';
import { Panel } from '../../parts/page/panel';
import { PausedList } from '../../parts/paused/paused-list';
import { covering } from '../../parts/paused/pauses';
import { usePauses } from '../../parts/paused/use-pauses';
import { formatDuration, formatTime } from '../../parts/time/format';
import { useTimeMode } from '../../parts/time/preference';
import { texts } from '../../texts';
import { instantsOf, placeOf } from '../calendar/dates';
import { dayName, nameOf } from '../calendar/grid-of';
import { peakOf } from './heat';
import { Heat } from './heat-map';
import styles from './load.module.css';
import type { LoadSearch } from './search';
import { SharePanel } from './share-panel';
import { SpreadPanel } from './spread-panel';

const words = texts.load;
const hour = 3_600_000;

/** What is asked for: the coming week by hour, or what is left of a day by minute. */
function spanOf(day: string | undefined, zone: string): { from: string; to: string } {
  if (!day) {
    const from = Math.floor(now() / hour) * hour;
    return { from: new Date(from).toISOString(), to: new Date(from + 7 * 24 * hour).toISOString() };
  }
  const { from, to } = instantsOf([day], zone);
  const begin = Math.max(Date.parse(from), Math.floor(now() / hour) * hour);
  return { from: new Date(begin).toISOString(), to: new Date(Math.min(Date.parse(to), begin + 24 * hour)).toISOString() };
}

export function LoadPage() {
  const scope = useScope();
  const { day: asked, at } = useSearch({ from: '/t/$scope/load' });
  const navigate = useNavigate();
  const mode = useTimeMode();
  const zone = mode === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
  // A day that is over has nothing to come: then it is the week.
  const day = asked && asked >= placeOf(now(), zone).day ? asked : undefined;
  const span = spanOf(day, zone);
  const { data, error, refetch } = useQuery(futureQuery({ scope }, span.from, span.to, day ? 'minute' : 'hour'));
  const set = useCallback(
    (search: LoadSearch, replace = false) => void navigate({ to: '/t/$scope/load', params: { scope }, search, replace, resetScroll: false }),
    [navigate, scope],
  );
  const when = (instant: string) => formatTime(instant, zone, 'minute', now());
  const peak = useMemo(() => peakOf(data?.buckets ?? []), [data]);
  const selected = data?.buckets.find((bucket) => bucket.at === at) ?? peak ?? data?.buckets[0];
  const pauses = usePauses(scope);
  const held = selected ? covering(pauses, selected.at, new Date(Date.parse(selected.at) + (day ? hour / 60 : hour)).toISOString()) : [];
  const openDay = (instant: string) => set({ day: placeOf(instant, zone).day });

  const over = data?.capacity == null ? 0 : data.buckets.filter(({ occurrences }) => occurrences > (data.capacity ?? 0)).length;
  const title = !data
    ? words.title
    : day
      ? peak
        ? words.dayPeak(when(peak.at), peak.occurrences)
        : words.dayCalm(dayName(day))
      : over > 0
        ? words.over(over)
        : peak
          ? words.peak(when(peak.at), peak.occurrences)
          : words.calm;
  return (
    <PageFrame
      title={title}
      tab={words.title}
      sub={data && <Carried forecast={data} zone={zone} />}
      actions={day && <Button onPress={() => set({})}>{words.back}</Button>}
    >
      {!data ? (
        error ? (
          <Problem error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={8} height={26} />
        )
      ) : (
        <Columns
          main={
            <Panel name={day ? words.day(dayName(day)) : words.week} note={day ? nameOf('day', day, [day]) : undefined}>
              <Heat
                forecast={data}
                zone={zone}
                selected={selected?.at}
                onSelect={(key) => set({ ...(day ? { day } : {}), at: key }, true)}
                onOpen={day ? undefined : openDay}
              />
              <p className={styles.hint}>{day ? words.dayHint : words.hint}</p>
            </Panel>
          }
          side={
            selected && (
              <>
                <SharePanel name={when(selected.at)} bucket={selected} forecast={data} onDay={day ? undefined : () => openDay(selected.at)} />
                {held.length > 0 && (
                  <Panel name={texts.parts.pause.then} flush>
                    <PausedList held={held} />
                  </Panel>
                )}
                {selected.occurrences > 0 && <SpreadPanel scope={scope} from={selected.at} minutes={day ? 1 : 60} zone={zone} />}
              </>
            )
          }
        />
      )}
    </PageFrame>
  );
}

function Carried({ forecast, zone }: { forecast: Forecast; zone: string }) {
  const { schedules, slots, capacity, meanRunMs, meanRunOf, by } = forecast;
  return (
    <>
      <span>{words.sub(schedules, slots)}</span>
      <span>
        {capacity != null && meanRunMs != null
          ? words.capacity(by === 'minute' ? capacity * 60 : capacity, formatDuration(meanRunMs), meanRunOf ?? 0)
          : words.noCapacity}
      </span>
      <span>{words.zone(zone)}</span>
    </>
  );
}
