import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Forecast } from '../../api/types';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { inWords } from '../../cron/words';
import { Button } from '../../parts/button';
import { Panel } from '../../parts/page/panel';
import { number, texts } from '../../texts';
import { BehindDialog } from './behind-dialog';
import { percentOf, type Bucket, type Share } from './heat';
import styles from './load.module.css';

const words = texts.load.side;

export const nameOfShare = (share: Share) => share.first.name || inWords(share.cron);

/** What a step comes from: sets of schedules with the same times, the most first. */
export function SharePanel({
  name,
  bucket,
  forecast,
  onDay,
}: {
  name: string;
  bucket: Bucket | undefined;
  forecast: Forecast;
  onDay?: (() => void) | undefined;
}) {
  const scope = useScope();
  const all = isAll(scope);
  const [open, setOpen] = useState(false);
  const { capacity } = forecast;
  const listed = bucket?.top.reduce((sum, share) => sum + share.occurrences, 0) ?? 0;
  const rest = (bucket?.occurrences ?? 0) - listed;
  return (
    <Panel
      name={name}
      note={bucket && bucket.occurrences > 0 && capacity != null && words.percent(percentOf(bucket.occurrences, capacity))}
      actions={
        onDay && (
          <Button look="quiet" onPress={onDay}>
            {texts.load.openDay}
          </Button>
        )
      }
      flush
    >
      {!bucket || bucket.occurrences === 0 ? (
        <p className={styles.pad}>{words.none}</p>
      ) : (
        <ul className={styles.items}>
          {bucket.top.map((share) => (
            <li key={share.first.scheduleId}>
              <div>
                <Link
                  className={styles.link}
                  to="/t/$scope/schedules/$installId/$scheduleId"
                  params={{ scope: share.first.tenant, installId: share.first.installId, scheduleId: share.first.scheduleId }}
                >
                  {nameOfShare(share)}
                </Link>
                {all && <span className={styles.muted}> {share.first.tenant}</span>}
                {share.schedules > 1 ? ` ${words.others(share.schedules - 1)}` : ''}
                <small>
                  {inWords(share.cron)}, {share.timeZone}
                </small>
              </div>
              <span title={words.times(share.occurrences)}>{number(share.occurrences)}</span>
            </li>
          ))}
          {rest > 0 && <li className={styles.rest}>{words.rest(rest)}</li>}
          {(rest > 0 || bucket.top.some(({ schedules }) => schedules > 1)) && (
            <li>
              <Button look="quiet" onPress={() => setOpen(true)}>
                {words.all}
              </Button>
            </li>
          )}
        </ul>
      )}
      {open && bucket && <BehindDialog scope={scope} name={name} at={bucket.at} by={forecast.by} onClose={() => setOpen(false)} />}
    </Panel>
  );
}
