import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ScheduleAt } from '../../../api/runs';
import { previewTimes } from '../../../api/schedule';
import { now } from '../../../app/clock';
import { Chip } from '../../../parts/chip';
import { Problem } from '../../../parts/feedback/problem';
import { formatTime } from '../../../parts/time/format';
import { When } from '../../../parts/time/when';
import { texts } from '../../../texts';
import styles from '../schedule.module.css';

const words = texts.schedule.dialogs.edit;
const settle = 200;

/** What an expression means, as the server says it, while it is typed. */
export function useTimes(at: ScheduleAt, cron: string, zone: string) {
  const [asked, setAsked] = useState({ cron, zone });
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ cron, zone }), settle);
    return () => clearTimeout(timer);
  }, [cron, zone]);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['preview-times', at.scheduleId, asked],
    queryFn: () => previewTimes(at, { cron: asked.cron, timezone: asked.zone, scheduleId: at.scheduleId }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  // What is wrong with a text goes when that is another text.
  const isOf = !isPlaceholderData && asked.cron === cron && asked.zone === zone;
  return { zone: asked.zone, data, error, errors: (isOf ? (data?.errors ?? {}) : {}) as Readonly<Record<string, string>> };
}

/** All of it but what is wrong, which stands at its field. */
export function TimesPreview({ of: { zone, data, error } }: { of: ReturnType<typeof useTimes> }) {
  if (error) {
    return <Problem error={error} compact />;
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
          {data?.occurrences.map((occurrence) => (
            <li key={occurrence.at}>
              <When at={occurrence.at} zone={zone} as="zone" />{' '}
              {(occurrence.note || occurrence.offsetChanged) && <Chip tone="skipped">{occurrence.note ?? texts.schedule.next.clocks}</Chip>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
