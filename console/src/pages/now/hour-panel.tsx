import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { forecastQuery } from '../../api/now';
import { now } from '../../app/clock';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Panel } from '../../parts/page/panel';
import { language, texts } from '../../texts';
import { clockOf, clockZone, HourStrip } from './hour-strip';

const words = texts.now.hour;
const minute = 60_000;
const inAnHour = () => new Date(Math.ceil(now() / minute) * minute + 60 * minute).toISOString();

/** What comes due in the next hour; `held` when a pause holds all of it. */
export function HourPanel({ scope, held }: { scope: string; held: boolean }) {
  const [to, setTo] = useState(inAnHour);
  useEffect(() => {
    const timer = setInterval(() => setTo(inAnHour()), minute);
    return () => clearInterval(timer);
  }, []);
  const { data, error, refetch } = useQuery({ ...forecastQuery(scope, to), placeholderData: (old) => old });
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
      ...(total > 0 ? [words.clocks(clockZone)] : []),
      ...(crowd && times > 1 ? [words.over(clockOf(crowd.at), new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(times))] : []),
    ].join(' · ');
  return (
    <Panel name={words.title} note={note}>
      {error && !data ? (
        <Problem error={error} compact onRetry={() => void refetch()} />
      ) : data ? (
        total === 0 ? (
          <p>{held ? words.held : words.empty}</p>
        ) : (
          <HourStrip forecast={data} />
        )
      ) : (
        <Skeleton rows={1} height={86} />
      )}
    </Panel>
  );
}
