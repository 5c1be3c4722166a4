import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { futureQuery } from '../../api/calendar';
import { now } from '../../app/clock';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Panel } from '../../parts/page/panel';
import { formatTime } from '../../parts/time/format';
import { texts } from '../../texts';
import { peakOf, suggestionOf } from './heat';
import styles from './load.module.css';
import { nameOfShare } from './share-panel';

const words = texts.load.spread;
const minute = 60_000;

/** What would thin out the busiest minute of an hour, or a minute. */
export function SpreadPanel({ scope, from, minutes, zone }: { scope: string; from: string; minutes: number; zone: string }) {
  const begin = new Date(Math.max(Date.parse(from), Math.floor(now() / minute) * minute)).toISOString();
  const end = new Date(Date.parse(from) + minutes * minute).toISOString();
  const { data, error, refetch } = useQuery({ ...futureQuery({ scope }, begin, end, 'minute'), enabled: begin < end });
  const peak = peakOf(data?.buckets ?? []);
  const found = suggestionOf(peak, data?.capacity);
  return (
    <Panel name={words.title} note={peak && minutes > 1 && words.minute(formatTime(peak.at, zone, 'minute', now()))}>
      {!data ? (
        error ? (
          <Problem error={error} compact onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={3} />
        )
      ) : !found ? (
        <p className={styles.muted}>{words.none}</p>
      ) : (
        <>
          <p>{words.text(nameOfShare(found.share), found.share.schedules, found.minutes, found.before, found.after)}</p>
          <p className={styles.muted}>
            {words.how}{' '}
            <Link
              className={styles.link}
              to="/t/$scope/schedules/$installId/$scheduleId"
              params={{
                scope: found.share.first.tenant,
                installId: found.share.first.installId,
                scheduleId: found.share.first.scheduleId,
              }}
            >
              {nameOfShare(found.share)}
            </Link>
          </p>
        </>
      )}
    </Panel>
  );
}
