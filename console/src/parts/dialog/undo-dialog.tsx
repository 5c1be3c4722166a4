import { useQueryClient } from '@tanstack/react-query';
import { previewUndo, thingsOf, undo } from '../../api/audit';
import type { Audit } from '../../api/types';
import { refreshAll } from '../../app/refresh-all';
import { texts } from '../../texts';
import { FieldChanges } from '../field-changes';
import { say } from '../feedback/toasts';
import { Sentence } from '../sentence';
import { When } from '../time/when';
import { PreviewDialog } from './preview-dialog';

const words = texts.schedule.changes;

/** Takes a change of the audit back: first what that would do, as the server sees it. */
export function UndoDialog({ tenant, entry, zone, onClose }: { tenant: string; entry: Audit; zone: string; onClose: () => void }) {
  const client = useQueryClient();
  return (
    <PreviewDialog
      title={words.undoTitle}
      of={['undo', entry.id]}
      preview={() => previewUndo(tenant, entry.id)}
      commit={() => words.undoCommit}
      onCommit={async (preview) => {
        await undo(tenant, entry.id, preview.token);
        say(words.undone, undefined, thingsOf(entry));
        await refreshAll(client);
      }}
      onClose={onClose}
    >
      {(preview) => (
        <div style={{ display: 'grid', gap: 4 }}>
          <p>{words.would}</p>
          <FieldChanges changes={preview.changes} zone={zone} />
          {preview.nextDueAt && <p><Sentence of={words.next} at={<When at={preview.nextDueAt} zone={zone} />} /></p>}
        </div>
      )}
    </PreviewDialog>
  );
}
