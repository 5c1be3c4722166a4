import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { bulkQuery, cancelBulk, lastBulkQuery, listLeftOut } from '../../api/bulk';
import type { Bulk } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button, IconButton } from '../../parts/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Problem } from '../../parts/feedback/problem';
import { sayProblem } from '../../parts/feedback/toasts';
import { Unread } from '../../parts/feedback/unread';
import { texts } from '../../texts';
import { UndoBulkDialog } from '../audit/undo-bulk-dialog';
import { unfollow, useFollowed, type Followed } from './bulk-followed';
import { addedUp, groupsOf, takenBackBy } from './bulk-shown';
import { LeftOutList } from './left-out-list';
import styles from './schedules.module.css';

const words = texts.schedules.bulk;

/** Changes of many that go on, and how those ended that were begun here: those of several tenants that were begun together as one. */
export function BulkNotices({ scope }: { scope: string }) {
  const followed = useFollowed().filter(({ tenant }) => isAll(scope) || tenant === scope);
  const { data: last } = useQuery({ ...lastBulkQuery(scope), enabled: !isAll(scope) });
  const theirs = last?.state === 'running' && !followed.some(({ id }) => id === last.id) ? [{ tenant: scope, id: last.id, group: last.id }] : [];
  return groupsOf([...theirs, ...followed]).map((of) => <BulkNotice key={of[0]?.group} scope={scope} of={of} />);
}

function BulkNotice({ scope, of }: { scope: string; of: readonly Followed[] }) {
  const client = useQueryClient();
  const { change } = useMay();
  const [open, setOpen] = useState<'left-out' | 'undo'>();
  const [unfolded, setUnfolded] = useState(false);
  const read = useQueries({ queries: of.map(({ tenant, id }) => bulkQuery(tenant, id)) });
  const lasts = useQueries({ queries: of.map(({ tenant }) => lastBulkQuery(tenant)) });
  const bulks = read.flatMap(({ data }) => data ?? []);
  const bulk = addedUp(bulks);
  const done = bulk?.done ?? 0;
  const seen = useRef(done);
  useEffect(() => {
    if (seen.current !== done) {
      seen.current = done;
      void client.invalidateQueries({ queryKey: ['schedules'] });
    }
  }, [client, done]);
  const failed = read.find(({ data, error }) => !data && error);
  const [first] = of;
  if (!bulk || !first) {
    return failed ? <Problem error={failed.error} compact onRetry={() => void failed.refetch()} /> : null;
  }
  const single = of.length === 1;
  const running = bulk.state === 'running';
  const ids = of.map(({ id }) => id);
  const takenBack = takenBackBy(ids, lasts.flatMap(({ data }) => data ?? []));
  const cancel = () =>
    of
      .filter((_, place) => read[place]?.data?.state === 'running')
      .forEach(
        ({ tenant, id }) =>
          void cancelBulk(tenant, id)
            .then((ended) => client.setQueryData(bulkQuery(tenant, id).queryKey, ended))
            .catch(sayProblem),
      );
  return (
    <>
      <div className={styles.bulk} role="region" aria-label={isAll(scope) && single ? words.noticeOf(first.tenant) : words.notice}>
        <strong>{words.titles[bulk.action as keyof typeof words.titles] ?? bulk.action}</strong>
        {isAll(scope) && <span>{single ? first.tenant : words.inTenants(of.length)}</span>}
        <span role="status">{sentenceOf(bulk)}</span>
        {running && <progress max={bulk.total} value={bulk.done + bulk.leftOut} aria-label={words.notice} />}
        <span className={styles.spring} />
        {!single && <Button look="quiet" aria-expanded={unfolded} onPress={() => setUnfolded(!unfolded)}>{words.each}</Button>}
        {single && bulk.leftOut > 0 && <Button look="quiet" onPress={() => setOpen('left-out')}>{words.showLeftOut}</Button>}
        {running && change && <Button onPress={cancel}>{words.cancel}</Button>}
        {takenBack && <span>{words.takenBack(takenBack)}</span>}
        {!running && !takenBack && change && bulk.done > 0 && <Button onPress={() => setOpen('undo')}>{words.undo}</Button>}
        {!running && <IconButton name={texts.parts.toast.dismiss} onPress={() => unfollow(ids)}>✕</IconButton>}
        {open === 'left-out' && <LeftOutDialog tenant={first.tenant} bulk={bulk} onClose={() => setOpen(undefined)} />}
        {open === 'undo' && <UndoBulkDialog of={of} onDone={() => unfollow(ids)} onClose={() => setOpen(undefined)} />}
      </div>
      {unfolded && (
        <div className={styles.each}>
          {of.map((one) => <BulkNotice key={one.id} scope={scope} of={[one]} />)}
        </div>
      )}
    </>
  );
}

const sentenceOf = (bulk: Pick<Bulk, 'state' | 'done' | 'leftOut' | 'total'>) =>
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
      ) : (
        <Unread of={{ error, refetch }} rows={3} />
      )}
    </Dialog>
  );
}
