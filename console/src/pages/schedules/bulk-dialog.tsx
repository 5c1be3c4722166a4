import { useState } from 'react';
import { beginBulk, previewBulk, type BulkAction, type BulkName, type BulkTarget } from '../../api/bulk';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { texts } from '../../texts';
import { follow } from './bulk-followed';
import { BulkForm, actionOf, isAsked, nothingAsked } from './bulk-form';
import { shownOf, type BulkShown } from './bulk-shown';
import { LeftOutList } from './left-out-list';
import styles from './schedules.module.css';

const words = texts.schedules.bulk;

type Props = {
  targets: readonly BulkTarget[];
  action: BulkName;
  /** What of policies changes, where that is decided already. */
  policy?: Record<string, unknown>;
  onDone?: () => void;
  onClose: () => void;
};

/** A change of many schedules: what it would do, and how far it is once it has begun. */
export function BulkDialog({ targets, action, policy, onDone, onClose }: Props) {
  const [typed, setTyped] = useState(nothingAsked);
  const decided: BulkAction | undefined = policy && { action, policy };
  async function commit({ begin }: BulkShown): Promise<void> {
    for (const { tenant, token } of begin) {
      follow({ tenant, id: (await beginBulk(tenant, token)).id });
    }
    onDone?.();
  }
  return (
    <PreviewDialog
      title={words.titles[action]}
      of={['bulk', targets, action, policy, typed]}
      ready={decided !== undefined || isAsked(action, typed)}
      form={decided ? undefined : (errors) => <BulkForm action={action} typed={typed} errors={errors} onType={setTyped} />}
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
      {(shown) => <BulkPreviewed shown={shown} action={action} />}
    </PreviewDialog>
  );
}

function BulkPreviewed({ shown, action }: { shown: BulkShown; action: BulkName }) {
  const more = shown.changes - shown.first.length;
  const left = shown.schedules - shown.changes;
  return (
    <>
      <p>
        {words.finds(shown.schedules, shown.changes)} {action === 'resume' && words.resumes(shown.runs, shown.skipped)}
        {action === 'delete' && words.deleteNote}
      </p>
      {shown.first.length > 0 && (
        <ul className={styles.list} tabIndex={0} aria-label={words.titles[action]}>
          {shown.first.map((schedule) => (
            <li key={schedule.id}>
              <strong>{schedule.name || schedule.endpoint}</strong>
            </li>
          ))}
          {more > 0 && <li>{words.more(more)}</li>}
        </ul>
      )}
      {left > 0 && (
        <>
          <p>{words.leftOut(left)}</p>
          <LeftOutList items={shown.leftOut} more={left - shown.leftOut.length} />
        </>
      )}
    </>
  );
}
