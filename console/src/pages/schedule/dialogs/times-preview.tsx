import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { previewTimes } from '../../../api/schedule';
import { now } from '../../../app/clock';
import { Chip } from '../../../parts/chip';
import { Problem } from '../../../parts/feedback/problem';
import { Skeleton } from '../../../parts/feedback/skeleton';
import { formatTime } from '../../../parts/time/format';
import { When } from '../../../parts/time/when';
import { texts } from '../../../texts';
import { clocksOf } from '../clocks';
import styles from '../schedule.module.css';

const words = texts.schedule.dialogs.edit;
const settle = 200;

/** What an expression means, as the server says it, while it is typed. */
export function useTypedTimes(at: { tenant: string; installId: string; scheduleId?: string }, cron: string, zone: string) {
  const [asked, setAsked] = useState({ cron, zone });
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ cron, zone }), settle);
    return () => clearTimeout(timer);
  }, [cron, zone]);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['preview-times', at.installId, at.scheduleId, asked],
    queryFn: () => previewTimes(at, { cron: asked.cron, timezone: asked.zone, ...(at.scheduleId ? { scheduleId: at.scheduleId } : {}) }),
    // What nobody has typed yet means nothing.
    enabled: asked.cron !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  // What is wrong with a text goes when that is another text.
  const isOf = !isPlaceholderData && asked.cron === cron && asked.zone === zone;
  return {
    zone: asked.zone,
    data: cron === '' ? undefined : data,
    error,
    errors: (isOf ? (data?.errors ?? {}) : {}) as Readonly<Record<string, string>>,
    // Nobody has been shown yet what is typed.
    isAhead: cron !== '' && !(isOf && (data !== undefined || error !== null)),
  };
}

/** All of it but what is wrong, which stands at its field. */
export function TimesPreview({ of: { zone, data, error, isAhead } }: { of: ReturnType<typeof useTypedTimes> }) {
  if (error && !data) {
    return <Problem error={error} compact />;
  }
  if (!data && isAhead) {
    return <Skeleton rows={3} />;
  }
  const clock = (instant: string) => formatTime(instant, zone, 'clock', now()).slice(0, 5);
  const [first] = data?.occurrences ?? [];
  return (
    <div className={styles.live} aria-live="polite">
      {data?.words && <strong>{data.words}</strong>}
      {data?.difference && (
        <span>
          {data.difference.added + data.difference.lost + data.difference.moved === 0
            ? words.same
            : words.difference(data.difference.added, data.difference.lost, data.difference.moved)}
        </span>
      )}
      {data?.crowd && first && (
        <span>
          {words.crowd(data.crowd.others, clock(first.at))}{' '}
          {data.crowd.others > 0 && data.crowd.quiet ? words.quiet(clock(data.crowd.quiet), data.crowd.inQuiet) : ''}
        </span>
      )}
      {first && (
        <ul aria-label={words.next}>
          {data?.occurrences.map(({ at }, place, all) => {
            const clocks = clocksOf(all, place);
            return (
              <li key={at}>
                <When at={at} zone={zone} as="zone" /> {clocks && <Chip tone="skipped">{clocks}</Chip>}
              </li>
            );
          })}
        </ul>
      )}
      {data && data.touchedLater.length > 0 && (
        <ul className={styles.later} aria-label={words.later}>
          {data.touchedLater.map(({ at, note }) => (
            <li key={at}>
              <When at={at} zone={zone} as="zone" /> <Chip tone="skipped">{note}</Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
