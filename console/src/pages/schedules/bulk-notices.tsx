import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { bulkQuery, cancelBulk, lastBulkQuery, listLeftOut } from '../../api/bulk';
import type { Bulk } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button, IconButton } from '../../parts/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { sayProblem } from '../../parts/feedback/toasts';
import { texts } from '../../texts';
import { UndoBulkDialog } from '../audit/undo-bulk-dialog';
import { unfollow, useFollowed } from './bulk-followed';
import { LeftOutList } from './left-out-list';
import styles from './schedules.module.css';

const words = texts.schedules.bulk;

/** Changes of many that go on, and how those ended that were begun here. */
export function BulkNotices({ scope }: { scope: string }) {
  const followed = useFollowed().filter(({ tenant }) => isAll(scope) || tenant === scope);
  const { data: last } = useQuery({ ...lastBulkQuery(scope), enabled: !isAll(scope) });
  const theirs = last?.state === 'running' && !followed.some(({ id }) => id === last.id) ? [{ tenant: scope, id: last.id }] : [];
  return [...theirs, ...followed].map(({ tenant, id }) => <BulkNotice key={id} tenant={tenant} id={id} />);
}

function BulkNotice({ tenant, id }: { tenant: string; id: string }) {
  const client = useQueryClient();
  const { change } = useMay();
  const [open, setOpen] = useState<'left-out' | 'undo'>();
  const { data: bulk, error, refetch } = useQuery(bulkQuery(tenant, id));
  const done = bulk?.done ?? 0;
  const seen = useRef(done);
  useEffect(() => {
    if (seen.current !== done) {
      seen.current = done;
      void client.invalidateQueries({ queryKey: ['schedules'] });
    }
  }, [client, done]);
  if (!bulk) {
    return error ? <Problem error={error} compact onRetry={() => void refetch()} /> : null;
  }
  const running = bulk.state === 'running';
  const cancel = () =>
    void cancelBulk(tenant, id)
      .then((ended) => client.setQueryData(bulkQuery(tenant, id).queryKey, ended))
      .catch(sayProblem);
  return (
    <div className={styles.bulk} role="region" aria-label={words.notice}>
      <strong>{words.titles[bulk.action as keyof typeof words.titles] ?? bulk.action}</strong>
      <span role="status">{sentenceOf(bulk)}</span>
      {running && <progress max={bulk.total} value={bulk.done + bulk.leftOut} aria-label={words.notice} />}
      <span className={styles.spring} />
      {bulk.leftOut > 0 && <Button look="quiet" onPress={() => setOpen('left-out')}>{words.showLeftOut}</Button>}
      {running && change && <Button onPress={cancel}>{words.cancel}</Button>}
      {!running && change && bulk.done > 0 && <Button onPress={() => setOpen('undo')}>{words.undo}</Button>}
      {!running && <IconButton name={texts.parts.toast.dismiss} onPress={() => unfollow(id)}>✕</IconButton>}
      {open === 'left-out' && <LeftOutDialog tenant={tenant} bulk={bulk} onClose={() => setOpen(undefined)} />}
      {open === 'undo' && (
        <UndoBulkDialog tenant={tenant} entry={{ target: id }} onDone={() => unfollow(id)} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}

const sentenceOf = (bulk: Bulk) =>
  bulk.state === 'running' ? words.progress(bulk.done + bulk.leftOut, bulk.total)
    : (bulk.state === 'cancelled' ? words.cancelled : words.ended)(bulk.done, bulk.leftOut);

function LeftOutDialog({ tenant, bulk, onClose }: { tenant: string; bulk: Bulk; onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['bulk', tenant, bulk.id, 'left-out', bulk.leftOut],
    queryFn: ({ signal }) => listLeftOut(tenant, bulk.id, undefined, signal),
  });
  return (
    <Dialog title={words.leftOutLabel} onClose={onClose}>
      {data ? (
        <LeftOutList items={data.items} more={Math.max(0, bulk.leftOut - data.items.length)} />
      ) : error ? (
        <Problem error={error} compact onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={3} />
      )}
    </Dialog>
  );
}
