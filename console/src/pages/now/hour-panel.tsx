import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { forecastQuery } from '../../api/now';
import { Unread } from '../../parts/feedback/unread';
import { Panel } from '../../parts/page/panel';
import { ownZone } from '../../parts/time/format';
import { useShownZone } from '../../parts/time/preference';
import { language, texts } from '../../texts';
import { clockOf, HourStrip } from './hour-strip';

const words = texts.now.hour;

/** What comes due in the next hour; `held` when a pause holds all of it. */
export function HourPanel({ scope, held }: { scope: string; held: boolean }) {
  // Schedules of many zones meet here, so the hour is the reader's own.
  const zone = useShownZone(ownZone());
  const { data, error, refetch } = useQuery(forecastQuery(scope));
  const seen = useRef(held);
  useEffect(() => {
    if (seen.current !== held) {
      // What was read before the pause, or before its end, does not go with the rest of the page.
      seen.current = held;
      void refetch();
    }
  }, [held, refetch]);
  const total = data?.buckets.reduce((sum, bucket) => sum + bucket.occurrences, 0) ?? 0;
  const crowd = data?.buckets.reduce(
    (most, bucket) => (bucket.occurrences > most.occurrences ? bucket : most),
    data.buckets[0] ?? { at: '', occurrences: 0, top: [] },
  );
  const times = crowd && data?.capacity ? crowd.occurrences / data.capacity : 0;
  const note =
    data &&
    [
      ...(held && total === 0 ? [] : [words.total(total)]),
      ...(total > 0 ? [words.clocks(zone)] : []),
      ...(crowd && times > 1 ? [words.over(clockOf(crowd.at, zone), new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(times))] : []),
    ].join(' · ');
  return (
    <Panel name={words.title} note={note}>
      {data ? (
        total === 0 ? (
          <p>{held ? words.held : words.empty}</p>
        ) : (
          <HourStrip forecast={data} zone={zone} />
        )
      ) : (
        <Unread of={{ error, refetch }} height={86} />
      )}
    </Panel>
  );
}
