import { useQueryClient } from '@tanstack/react-query';
import { previewUndoBulk, undoBulkAs, whenEnded } from '../../api/bulk';
import { Refused } from '../../api/problem';
import { refreshAll } from '../../app/refresh-all';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { texts } from '../../texts';
import { ChangedList } from '../schedules/changed-list';
import { LeftOutList } from '../schedules/left-out-list';
import styles from './audit.module.css';

const words = texts.audit.undo;

/** A change of many schedules of a tenant. */
export type BulkAt = { tenant: string; id: string };

type Props = { of: readonly BulkAt[]; onDone?: () => void; onClose: () => void };

type Shown = { at: BulkAt } & ({ preview: Awaited<ReturnType<typeof previewUndoBulk>> } | { refused: Refused });

/** What taking one of several back would do; one that cannot be taken back keeps no other from it. */
async function look(at: BulkAt, signal: AbortSignal, alone: boolean): Promise<Shown> {
  try {
    return { at, preview: await previewUndoBulk(at.tenant, at.id, signal) };
  } catch (error) {
    if (!alone && error instanceof Refused) {
      return { at, refused: error };
    }
    throw error;
  }
}

/** Takes a change of many schedules back as one, of several tenants too: first how many of them, and which are left out. */
export function UndoBulkDialog({ of, onDone, onClose }: Props) {
  const client = useQueryClient();
  return (
    <PreviewDialog<Shown[]>
      title={of.length === 1 && of[0] ? words.titleOf(of[0].tenant) : words.title}
      of={['undo-bulk', ...of.map(({ id }) => id)]}
      preview={(signal) => Promise.all(of.map((at) => look(at, signal, of.length === 1)))}
      commit={(shown) => (shown.some((one) => 'preview' in one && one.preview.changes > 0) ? words.commit : undefined)}
      onCommit={async (shown) => {
        const begun: BulkAt[] = [];
        for (const { at, ...one } of shown) {
          if ('preview' in one && one.preview.changes > 0) {
            const { id } = await undoBulkAs(at.tenant, at.id, one.preview.token);
            begun.push({ tenant: at.tenant, id });
          }
        }
        say(words.begun, undefined, of.map(({ id }) => id));
        onDone?.();
        await refreshAll(client);
        // It goes on after the answer, schedule by schedule; what is not live shows all of it then.
        void Promise.allSettled(begun.map(({ tenant, id }) => whenEnded(client, tenant, id))).then(() => refreshAll(client));
      }}
      onClose={onClose}
    >
      {(shown) => <Would shown={shown} />}
    </PreviewDialog>
  );
}

function Would({ shown }: { shown: readonly Shown[] }) {
  const previews = shown.flatMap((one) => ('preview' in one ? [one.preview] : []));
  const named = <T,>(of: (preview: (typeof previews)[number]) => readonly T[]) =>
    shown.flatMap((one) => ('preview' in one ? of(one.preview).map((item) => ({ ...item, tenant: one.at.tenant })) : []));
  const first = named((preview) => preview.first);
  const [schedules, changes] = [sum(previews.map((preview) => preview.schedules)), sum(previews.map((preview) => preview.changes))];
  const leftOut = named((preview) => preview.leftOut);
  const ofSeveral = shown.length > 1;
  return (
    <>
      <p>{words.many(changes, schedules)}</p>
      <ChangedList label={words.puts} items={first} ofSeveral={ofSeveral} more={changes - first.length} />
      {leftOut.length > 0 && <LeftOutList items={leftOut} ofSeveral={ofSeveral} more={schedules - changes - leftOut.length} />}
      {ofSeveral && (
        <ul className={styles.tenants} tabIndex={0} aria-label={words.tenants}>
          {shown.map((one) => (
            <li key={one.at.id}>
              {'preview' in one
                ? words.ofTenant(one.at.tenant, one.preview.changes)
                : words.notOfTenant(one.at.tenant, one.refused.message)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
