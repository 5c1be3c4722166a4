import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { occurrenceOf } from '../../api/audit';
import type { ScheduleAt } from '../../api/runs';
import { previewTimes, scheduleQuery, skip, takeSkipBack } from '../../api/schedule';
import type { Schedule } from '../../api/types';
import { now } from '../../app/clock';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { Field } from '../../parts/form/field';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { formatTime, zoneWord } from '../../parts/time/format';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './schedule.module.css';

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
  const client = useQueryClient();
  const [skipping, setSkipping] = useState<string>();
  const zone = schedule.timezone;
  const put = (changed: Schedule) => client.setQueryData(scheduleQuery(at).queryKey, changed);
  const text = (instant: string) => formatTime(instant, zone, 'minute', now());
  async function back(instant: string): Promise<void> {
    put(await takeSkipBack(at, instant));
  }
  const held = !schedule.enabled ? words.disabled : schedule.pauses && schedule.pauses.length > 0 ? words.held : undefined;
  return (
    <Panel name={words.title} note={zoneWord(zone)} flush>
      {held && <p className={styles.held}>{held}</p>}
      {times.error ? (
        <Problem error={times.error} compact />
      ) : times.isPending ? (
        <Skeleton rows={10} />
      ) : times.data.occurrences.length === 0 ? (
        <p className={styles.held}>{words.none}</p>
      ) : (
        <ul className={styles.next}>
          {times.data.occurrences.map((occurrence) => {
            const skipped = schedule.skips?.find((one) => one.at === occurrence.at && !one.voidedAt);
            return (
              <li key={occurrence.at} data-times>
                <span>
                  <When at={occurrence.at} zone={zone} />
                  {(occurrence.note || occurrence.offsetChanged) && (
                    <small>
                      {' '}
                      <Chip tone="skipped">{occurrence.note ?? words.clocks}</Chip>
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
                  <When at={occurrence.at} zone="UTC" shown="time" as="utc" /> {words.utc}
                </span>
                {may.change &&
                  (skipped ? (
                    <Button
                      look="quiet"
                      onPress={() =>
                        void back(occurrence.at).then(
                          () =>
                            say(
                              words.sayBack(text(occurrence.at)),
                              async () => put(await skip(at, occurrence.at, skipped.note)),
                              occurrenceOf(at.scheduleId, occurrence.at),
                            ),
                          sayProblem,
                        )
                      }
                    >
                      {words.back}
                    </Button>
                  ) : (
                    <Button look="quiet" aria-label={words.skipNamed(text(occurrence.at))} onPress={() => setSkipping(occurrence.at)}>
                      {words.skip}
                    </Button>
                  ))}
              </li>
            );
          })}
        </ul>
      )}
      {skipping && (
        <SkipDialog
          title={words.skipTitle(text(skipping))}
          onClose={() => setSkipping(undefined)}
          onSkip={async (note) => {
            put(await skip(at, skipping, note));
            say(words.saySkipped(text(skipping)), () => back(skipping), occurrenceOf(at.scheduleId, skipping));
          }}
        />
      )}
    </Panel>
  );
}

function SkipDialog({ title, onSkip, onClose }: { title: string; onSkip: (note: string) => Promise<void>; onClose: () => void }) {
  const [note, setNote] = useState('');
  return (
    <FormDialog title={title} submit={words.skip} ready={note.trim() !== ''} onSubmit={() => onSkip(note.trim())} onClose={onClose}>
      {(errors) => <Field label={words.note} value={note} onChange={setNote} error={errors.note ?? errors.at} maxLength={512} autoFocus isRequired />}
    </FormDialog>
  );
}
