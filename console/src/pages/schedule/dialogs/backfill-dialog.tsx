import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { backfillOf } from '../../../api/audit';
import { beginBackfill, isAllBegun, previewBackfill, readBackfill, stopBackfill, type BackfillWish } from '../../../api/backfill';
import { countMadeUp } from '../../../api/calendar';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import { now } from '../../../app/clock';
import { useScope } from '../../../app/scope';
import { isAll } from '../../../app/scope-name';
import { PreviewDialog } from '../../../parts/dialog/preview-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Choice } from '../../../parts/form/choice';
import { Field } from '../../../parts/form/field';
import { TimeField } from '../../../parts/form/time-field';
import { Mark } from '../../../parts/outcome/mark';
import { parseTime, writeTime } from '../../../parts/time/parse';
import { When } from '../../../parts/time/when';
import { texts } from '../../../texts';
import styles from '../schedule.module.css';
import { wrongRange } from './backfill-range';

const words = texts.schedule.dialogs.backfill;
const shown = 12;

type Props = {
  at: ScheduleAt;
  name: string;
  zone: string;
  /** The time that is filled in: a day up to now where nothing else is asked for. */
  from?: string | undefined;
  to?: string | undefined;
  which?: BackfillWish['which'] | undefined;
  onClose: () => void;
};

/** Fills in what is missing of a time: which occurrences they are is shown first. */
export function BackfillDialog({ at, name, zone, from: begin, to: end, which: first = 'missing', onClose }: Props) {
  const client = useQueryClient();
  const tenant = isAll(useScope()) ? at.tenant : undefined;
  const [from, setFrom] = useState(() => writeTime(begin ?? now() - 86_400_000, zone));
  const [to, setTo] = useState(() => writeTime(end ?? now(), zone));
  const [which, setWhich] = useState<BackfillWish['which']>(first);
  const [note, setNote] = useState('');
  const [since, until] = [parseTime(from, zone), parseTime(to, zone)];
  const wrong = since && until ? wrongRange(since, until, now()) : undefined;
  const wrongOf = (end: 'from' | 'to') => (wrong?.at === end ? words.wrong[wrong.why] : undefined);
  const schedule = useQuery(scheduleQuery(at));
  const refresh = () => client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
  return (
    <PreviewDialog
      title={words.title(name, tenant)}
      of={['backfill', at.scheduleId, since, until, which]}
      missing={since !== undefined && until !== undefined && !wrong ? undefined : words.noTime}
      form={
        <>
          <div className={styles.pair}>
            <TimeField
              label={words.from}
              zone={zone}
              value={from}
              onChange={setFrom}
              name="from"
              error={since ? wrongOf('from') : words.wrong.unread}
              autoFocus
            />
            <TimeField label={words.to} zone={zone} value={to} onChange={setTo} name="to" error={until ? wrongOf('to') : words.wrong.unread} />
          </div>
          <Choice
            label={words.which}
            value={which}
            options={(['missing', 'failed', 'all'] as const).map((value) => ({ value, text: words.options[value] ?? value }))}
            onChange={setWhich}
            name="which"
          />
          <Field label={words.note} value={note} onChange={setNote} name="note" maxLength={512} />
        </>
      }
      preview={async (signal) => {
        const shown = await previewBackfill(at, { from: since ?? '', to: until, which }, signal);
        return { ...shown, ranSince: shown.occurrences.length > 0 ? 0 : await countMadeUp(at, since ?? '', until ?? '', signal) };
      }}
      commit={(preview) => (preview.occurrences.length > 0 ? words.commit(preview.occurrences.length) : undefined)}
      onCommit={async (preview) => {
        const { id, total } = await beginBackfill(at, preview.preview.token, note.trim());
        say(
          words.done(name, tenant),
          {
            name: words.stop,
            over: async () => (isAllBegun(await readBackfill(at), id) ? words.allBegun(name, total) : undefined),
            act: async () => {
              const { stopped, last } = await stopBackfill(at, id);
              await refresh();
              return !last ? words.hasEnded : (stopped ? words.stopped : words.endedBefore)(last.left, last.total);
            },
          },
          backfillOf(at.scheduleId),
        );
        await refresh();
      }}
      onClose={onClose}
    >
      {(preview) => (
        <>
          <p>
            {words.finds(preview.occurrences.length)} {preview.ranSince > 0 && words.ranSince(preview.ranSince)}
          </p>
          {schedule.data?.pauses?.length ? (
            <p>
              <Mark of="paused">{words.held}</Mark>
            </p>
          ) : null}
          <ul className={styles.facts}>
            {preview.occurrences.slice(0, shown).map((one) => (
              <li key={one.at}>
                <When at={one.at} zone={zone} /> {one.repeats ? words.repeats : ''}
              </li>
            ))}
            {preview.occurrences.length > shown && <li>{words.more(preview.occurrences.length - shown)}</li>}
          </ul>
        </>
      )}
    </PreviewDialog>
  );
}
