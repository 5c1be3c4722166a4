import { useState } from 'react';
import { beginBulk, previewBulk, type BulkAction, type BulkName, type BulkTarget } from '../../api/bulk';
import { countToCome } from '../../api/to-come';
import { KeptBack } from '../../parts/dialog/kept-back';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { ownZone } from '../../parts/time/format';
import { texts } from '../../texts';
import { follow } from './bulk-followed';
import { BulkForm, actionOf, missingOf, nothingAsked } from './bulk-form';
import { shownOf, type BulkShown } from './bulk-shown';
import { ChangedList } from './changed-list';
import { LeftOutList } from './left-out-list';

const words = texts.schedules.bulk;

type Props = {
  targets: readonly BulkTarget[];
  action: BulkName;
  /** What of policies changes, where that is decided already. */
  policy?: Record<string, unknown>;
  onDone?: () => void;
  onClose: () => void;
};

// What each keeps back is asked of each.
const mostCounted = 20;

async function countOf({ first }: BulkShown, until: number, signal: AbortSignal): Promise<number> {
  const counts = await Promise.all(first.map(({ id, ...at }) => countToCome({ ...at, scheduleId: id }, signal, until)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A change of many schedules: what it would do, and how far it is once it has begun. */
export function BulkDialog({ targets, action, policy, onDone, onClose }: Props) {
  const [typed, setTyped] = useState(nothingAsked);
  const decided: BulkAction | undefined = policy && { action, policy };
  async function commit({ begin }: BulkShown): Promise<void> {
    let group: string | undefined;
    for (const { tenant, token } of begin) {
      const { id } = await beginBulk(tenant, token);
      group ??= id;
      follow({ tenant, id, group });
    }
    onDone?.();
  }
  return (
    <PreviewDialog
      title={words.titles[action]}
      of={['bulk', targets, action, policy, typed]}
      missing={decided ? undefined : missingOf(action, typed)}
      form={!decided && <BulkForm action={action} typed={typed} onType={setTyped} />}
      preview={async (signal) => {
        const asked = decided ?? actionOf(action, typed);
        return shownOf(
          await Promise.all(targets.map(async (target) => ({ tenant: target.tenant, preview: await previewBulk(target, asked, signal) }))),
        );
      }}
      commit={(shown) => (shown.changes > 0 ? words.commit[action](shown.changes) : undefined)}
      look={action === 'delete' ? 'danger' : 'main'}
      onCommit={commit}
      onClose={onClose}
    >
      {(shown) => (
        <>
          <BulkPreviewed shown={shown} action={action} ofSeveral={targets.length > 1} />
          {action === 'pause' && shown.changes > 0 && shown.changes <= Math.min(shown.first.length, mostCounted) && (
            <KeptBack of={[targets]} end={typed.end} zone={ownZone()} count={(until, signal) => countOf(shown, until, signal)} />
          )}
        </>
      )}
    </PreviewDialog>
  );
}

function BulkPreviewed({ shown, action, ofSeveral }: { shown: BulkShown; action: BulkName; ofSeveral: boolean }) {
  const more = shown.changes - shown.first.length;
  const left = shown.schedules - shown.changes;
  return (
    <>
      <p>
        {words.finds(shown.schedules, shown.changes)} {action === 'resume' && words.resumes(shown.runs, shown.skipped)}
        {action === 'delete' && words.deleteNote}
      </p>
      <ChangedList label={words.titles[action]} items={shown.first} ofSeveral={ofSeveral} more={more} />
      {left > 0 && (
        <>
          <p>{words.leftOut(left)}</p>
          <LeftOutList items={shown.leftOut} ofSeveral={ofSeveral} more={left - shown.leftOut.length} />
        </>
      )}
    </>
  );
}
