import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { futureQuery } from '../../api/calendar';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Unread } from '../../parts/feedback/unread';
import { Panel } from '../../parts/page/panel';
import { formatTime } from '../../parts/time/format';
import { texts } from '../../texts';
import { BulkDialog } from '../schedules/bulk-dialog';
import { BulkNotices } from '../schedules/bulk-notices';
import { peakOf, suggestionOf, type Share, type Suggestion } from './heat';
import styles from './load.module.css';
import { nameOfShare } from './share-panel';

const words = texts.load.spread;
const minute = 60_000;

/** What would thin out the busiest minute of an hour, or a minute. */
export function SpreadPanel({ scope, from, minutes, zone }: { scope: string; from: string; minutes: number; zone: string }) {
  const end = Date.parse(from) + minutes * minute;
  const span = () => ({
    from: new Date(Math.max(Date.parse(from), Math.floor(now() / minute) * minute)).toISOString(),
    to: new Date(end).toISOString(),
  });
  const { data, error, refetch } = useQuery({
    ...futureQuery({ scope }, [from, String(minutes)], span, 'minute'),
    refetchInterval: () => now() < end && minute,
    enabled: now() < end,
  });
  const may = useMay();
  // As it was when it opened: the forecast goes on, and the preview is of what was said.
  const [spreading, setSpreading] = useState<Suggestion>();
  const peak = peakOf(data?.buckets ?? []);
  const found = suggestionOf(peak, data?.capacity);
  return (
    <Panel name={words.title} note={peak && minutes > 1 && words.minute(formatTime(peak.at, zone, 'minute', now()))}>
      {!data ? (
        <Unread of={{ error, refetch }} rows={3} />
      ) : !found ? (
        <p className={styles.muted}>{words.none}</p>
      ) : (
        <>
          <p>{words.text(nameOfShare(found.share), found.share.schedules, found.minutes, found.before, found.after)}</p>
          {may.change && !isAll(scope) && <Button onPress={() => setSpreading(found)}>{words.see}</Button>}
          {isAll(scope) && <p className={styles.muted}>{words.oneTenant}</p>}
          <p>
            <Link className={styles.link} to="/t/$scope/schedules" params={{ scope }} search={timesOf(found.share)}>
              {words.find}
            </Link>
          </p>
        </>
      )}
      {!isAll(scope) && <BulkNotices scope={scope} />}
      {spreading && (
        <BulkDialog
          targets={[{ tenant: scope, filters: { ...timesOf(spreading.share), enabled: 'true' } }]}
          action="set-policy"
          policy={{ spreadSeconds: spreading.minutes * 60 }}
          onDone={() => void refetch()}
          onClose={() => setSpreading(undefined)}
        />
      )}
    </Panel>
  );
}

const timesOf = ({ cron, timeZone }: Share) => ({ cron, timezone: timeZone });
