import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { futureQuery, type Span } from '../../api/calendar';
import type { Forecast } from '../../api/types';
import { now } from '../../app/clock';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { Button } from '../../parts/button';
import { Unread } from '../../parts/feedback/unread';
import { Columns, PageFrame } from '../../parts/page/page';
import { Panel } from '../../parts/page/panel';
import { PausedList } from '../../parts/paused/paused-list';
import { covering } from '../../parts/paused/pauses';
import { usePauses } from '../../parts/paused/use-pauses';
import { formatDuration, formatTime, ownZone } from '../../parts/time/format';
import { useShownZone } from '../../parts/time/preference';
import { texts } from '../../texts';
import { instantsOf, placeOf } from '../calendar/dates';
import { dayName, nameOf } from '../calendar/grid-of';
import { isGuess, peakOf } from './heat';
import { Heat, Legend } from './heat-map';
import styles from './load.module.css';
import type { LoadSearch } from './search';
import { SharePanel } from './share-panel';
import { SpreadPanel } from './spread-panel';

const words = texts.load;
const hour = 3_600_000;

/** What is asked for: the coming week by hour, or what is left of a day by minute. */
function spanOf(day: string | undefined, zone: string): Span {
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
  const zone = useShownZone(ownZone());
  // A day that is over has nothing to come: then it is the week.
  const day = asked && asked >= placeOf(now(), zone).day ? asked : undefined;
  const { data, error, refetch } = useQuery(futureQuery({ scope }, day ? [day, zone] : [], () => spanOf(day, zone), day ? 'minute' : 'hour'));
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
          : pauses.length > 0
            ? words.held
            : words.calm;
  return (
    <PageFrame
      title={title}
      tab={words.title}
      sub={data && <Carried scope={scope} forecast={data} zone={zone} />}
      actions={day && <Button onPress={() => set({})}>{words.back}</Button>}
    >
      {!data ? (
        <Unread of={{ error, refetch }} rows={8} height={26} whole />
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
              <Legend capacity={data.capacity} by={data.by} />
              <p className={styles.hint}>{day ? words.dayHint : words.hint}</p>
            </Panel>
          }
          side={
            selected && (
              <>
                <SharePanel name={when(selected.at)} bucket={selected} forecast={data} onDay={day ? undefined : () => openDay(selected.at)} />
                {held.length > 0 && (
                  <Panel name={texts.parts.pause.then} flush>
                    <PausedList held={held} zone={zone} />
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

function Carried({ scope, forecast, zone }: { scope: string; forecast: Forecast; zone: string }) {
  const { schedules, slots, capacity, meanRunMs, meanRunOf, by } = forecast;
  return (
    <>
      <span>{isAll(scope) ? words.subOfAll(schedules, slots) : words.sub(scope, schedules, slots)}</span>
      <span>
        {capacity != null && meanRunMs != null
          ? words.capacity(by === 'minute' ? capacity * 60 : capacity, formatDuration(meanRunMs), meanRunOf ?? 0, isGuess(meanRunOf ?? 0))
          : slots === 0
            ? words.noSlots
            : words.noCapacity}
      </span>
      <span>{words.zone(zone)}</span>
    </>
  );
}
