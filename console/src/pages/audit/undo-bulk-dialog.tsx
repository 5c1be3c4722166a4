import { useQueryClient } from '@tanstack/react-query';
import { previewUndoBulk, undoBulkAs } from '../../api/bulk';
import type { Audit } from '../../api/types';
import { refreshAll } from '../../app/refresh-all';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { texts } from '../../texts';

const words = texts.audit.undo;

/** Takes a change of many schedules back as one: first how many it is about. */
export function UndoBulkDialog({ tenant, entry, onClose }: { tenant: string; entry: Audit; onClose: () => void }) {
  const client = useQueryClient();
  const bulkId = entry.target ?? '';
  return (
    <PreviewDialog
      title={words.title}
      of={['undo-bulk', bulkId]}
      preview={(signal) => previewUndoBulk(tenant, bulkId, signal)}
      commit={() => words.commit}
      onCommit={async (preview) => {
        await undoBulkAs(tenant, bulkId, preview.token);
        say(words.begun, undefined, bulkId);
        await refreshAll(client);
      }}
      onClose={onClose}
    >
      {(preview) => <p>{words.many(preview.schedules)}</p>}
    </PreviewDialog>
  );
}
