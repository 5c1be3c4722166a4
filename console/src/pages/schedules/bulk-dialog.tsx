import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { beginBulk, previewBulk, undoBulk } from '../../api/bulk';
import type { ScheduleFilters } from '../../api/schedules';
import type { BulkPreview } from '../../api/types';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { Field } from '../../parts/form/field';
import { texts } from '../../texts';
import styles from './schedules.module.css';

const words = texts.schedules.bulk;

export type BulkName = 'pause' | 'resume' | 'enable' | 'disable' | 'delete';

type Props = { tenant: string; filters: ScheduleFilters; action: BulkName; onDone: () => void; onClose: () => void };

/** A change of everything that the filters find: what it would do, and the way back once it is done. */
export function BulkDialog({ tenant, filters, action, onDone, onClose }: Props) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const pausing = action === 'pause';
  async function commit(preview: BulkPreview): Promise<void> {
    const bulk = await beginBulk(tenant, preview.token);
    say(words.done[action](preview.changes), () => undoBulk(tenant, bulk.id), bulk.id);
    void client.invalidateQueries({ queryKey: ['schedules'] });
    onDone();
  }
  return (
    <PreviewDialog
      title={words.titles[action]}
      of={['bulk', tenant, filters, action, pausing ? note : '']}
      ready={!pausing || note.trim() !== ''}
      form={pausing && <Field label={words.note} hint={words.noteHint} value={note} onChange={setNote} maxLength={512} autoFocus isRequired />}
      preview={(signal) => previewBulk(tenant, filters, { action, ...(pausing ? { note: note.trim() } : {}) }, signal)}
      commit={(preview) => (preview.changes > 0 ? words.commit[action](preview.changes) : undefined)}
      look={action === 'delete' ? 'danger' : 'main'}
      onCommit={commit}
      onClose={onClose}
    >
      {(preview) => <BulkPreviewed preview={preview} action={action} />}
    </PreviewDialog>
  );
}

function BulkPreviewed({ preview, action }: { preview: BulkPreview; action: BulkName }) {
  const more = preview.changes - preview.first.length;
  return (
    <>
      <p>
        {words.finds(preview.schedules, preview.changes)} {action === 'resume' ? words.resumeNote : action === 'delete' ? words.deleteNote : ''}
      </p>
      {preview.first.length > 0 && (
        <ul className={styles.list} tabIndex={0}>
          {preview.first.map((schedule) => (
            <li key={schedule.id}>
              <strong>{schedule.name || schedule.endpoint}</strong>
            </li>
          ))}
          {more > 0 && <li>{words.more(more)}</li>}
        </ul>
      )}
      {preview.leftOut.length > 0 && (
        <p>
          {words.leftOut(preview.schedules - preview.changes)} {[...new Set(preview.leftOut.map(({ why }) => words.why[why] ?? why))].join(', ')}
        </p>
      )}
    </>
  );
}
