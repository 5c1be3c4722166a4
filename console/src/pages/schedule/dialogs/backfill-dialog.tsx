import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { backfillOf } from '../../../api/audit';
import { beginBackfill, endBackfill, previewBackfill, type BackfillWish } from '../../../api/backfill';
import type { ScheduleAt } from '../../../api/runs';
import { scheduleQuery } from '../../../api/schedule';
import { now } from '../../../app/clock';
import { PreviewDialog } from '../../../parts/dialog/preview-dialog';
import { say } from '../../../parts/feedback/toasts';
import { Choice } from '../../../parts/form/choice';
import { Field } from '../../../parts/form/field';
import { zoneHint } from '../../../parts/time/format';
import { parseTime, writeTime } from '../../../parts/time/parse';
import { When } from '../../../parts/time/when';
import { texts } from '../../../texts';
import styles from '../schedule.module.css';

const words = texts.schedule.dialogs.backfill;
const shown = 12;

type Props = { at: ScheduleAt; name: string; zone: string; from?: string | undefined; onClose: () => void };

/** Fills in what is missing of a time: which occurrences they are is shown first. */
export function BackfillDialog({ at, name, zone, from: begin, onClose }: Props) {
  const client = useQueryClient();
  const [from, setFrom] = useState(() => writeTime(begin ?? now() - 86_400_000, zone));
  const [to, setTo] = useState(() => writeTime(now(), zone));
  const [which, setWhich] = useState<BackfillWish['which']>('missing');
  const [note, setNote] = useState('');
  const [since, until] = [parseTime(from, zone), parseTime(to, zone)];
  const refresh = () => client.invalidateQueries({ queryKey: scheduleQuery(at).queryKey });
  return (
    <PreviewDialog
      title={words.title(name)}
      of={['backfill', at.scheduleId, since, until, which]}
      ready={since !== undefined && until !== undefined}
      form={(errors) => (
        <>
          <div className={styles.pair}>
            <Field label={words.from} value={from} onChange={setFrom} error={since ? errors.from : words.when} mono autoFocus />
            <Field label={words.to} value={to} onChange={setTo} error={until ? errors.to : words.when} mono />
          </div>
          <p>{zoneHint(zone)}</p>
          <Choice
            label={words.which}
            value={which}
            options={(['missing', 'failed', 'all'] as const).map((value) => ({ value, text: words.options[value] ?? value }))}
            onChange={setWhich}
          />
          <Field label={words.note} value={note} onChange={setNote} error={errors.note} maxLength={512} />
        </>
      )}
      preview={(signal) => previewBackfill(at, { from: since ?? '', to: until, which }, signal)}
      commit={(preview) => (preview.occurrences.length > 0 ? words.commit(preview.occurrences.length) : undefined)}
      onCommit={async (preview) => {
        await beginBackfill(at, preview.preview.token, note.trim());
        say(
          words.done,
          async () => {
            await endBackfill(at);
            await refresh();
          },
          backfillOf(at.scheduleId),
        );
        await refresh();
      }}
      onClose={onClose}
    >
      {(preview) => (
        <>
          <p>{words.finds(preview.occurrences.length)}</p>
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
