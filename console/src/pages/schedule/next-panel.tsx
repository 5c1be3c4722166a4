import { useQuery } from '@tanstack/react-query';
import type { ScheduleAt } from '../../api/runs';
import { previewTimes } from '../../api/schedule';
import type { Schedule } from '../../api/types';
import { useMay } from '../../app/session';
import { Chip } from '../../parts/chip';
import { Unread } from '../../parts/feedback/unread';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { isUtc, zoneWord } from '../../parts/time/format';
import { useShownZone } from '../../parts/time/preference';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { clocksOf } from './clocks';
import styles from './schedule.module.css';
import { Skipping } from './skipping';
import { skipOf } from './skips';

const words = texts.schedule.next;

/** The expression in the server's words, with the ten occurrences to come. */
export function useTimes(at: ScheduleAt, schedule: Pick<Schedule, 'cron' | 'timezone' | 'nextDueAt'> | undefined) {
  return useQuery({
    queryKey: ['times', at.scheduleId, schedule?.cron, schedule?.timezone, schedule?.nextDueAt],
    queryFn: () => previewTimes(at, { cron: schedule?.cron ?? '', timezone: schedule?.timezone ?? 'UTC' }),
    enabled: schedule !== undefined,
    staleTime: 60_000,
  });
}

export function NextPanel({ at, schedule }: { at: ScheduleAt; schedule: Schedule }) {
  const times = useTimes(at, schedule);
  const may = useMay();
  const zone = schedule.timezone;
  const shown = useShownZone(zone);
  const held = !schedule.enabled ? words.disabled : schedule.pauses && schedule.pauses.length > 0 ? words.held : undefined;
  return (
    <Panel name={words.title} note={zoneWord(shown)} flush>
      {held && <p className={styles.held}>{held}</p>}
      {!times.data ? (
        <Unread of={times} rows={10} />
      ) : times.data.occurrences.length === 0 ? (
        <p className={styles.held}>{words.none}</p>
      ) : (
        <ul className={styles.next}>
          {times.data.occurrences.map((occurrence, place, all) => {
            const skipped = skipOf(schedule, occurrence.at);
            const clocks = clocksOf(all, place);
            return (
              <li key={occurrence.at} data-times>
                <span>
                  <When at={occurrence.at} zone={zone} />
                  {clocks && (
                    <small>
                      {' '}
                      <Chip tone="skipped">{clocks}</Chip>
                    </small>
                  )}
                  {skipped && (
                    <small title={words.skippedBy(skipped.by, skipped.note)}>
                      {' '}
                      <Chip tone="skipped">
                        <Mark of="skipped">{words.skipped}</Mark>
                      </Chip>
                    </small>
                  )}
                </span>
                <span className={styles.utc}>
                  {!isUtc(zone) && (
                    <>
                      <When at={occurrence.at} zone="UTC" shown="time" as="utc" /> {words.utc}
                    </>
                  )}
                </span>
                {may.change && <Skipping at={at} schedule={schedule} occurrence={occurrence.at} zone={shown} />}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
