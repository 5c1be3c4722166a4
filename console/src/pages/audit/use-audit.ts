import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { listAudit } from '../../api/audit-log';
import type { Audit } from '../../api/types';
import { usePages } from '../../parts/table/use-pages';
import { isNarrow, matches, withNewest, type AuditSearch } from './search';

const enough = 60;
const looksAt = 1_000;

/** The audit as the address asks for it. What the server cannot filter by is looked for in what was read, a thousand entries at a time. */
export function useAudit(scope: string, search: AuditSearch) {
  const { installId, follow } = search;
  const key = ['audit', scope, installId];
  const list = usePages<Audit>({ key, read: (cursor, signal) => listAudit(scope, { installId, cursor, limit: 200 }, signal) });
  const newest = useQuery({
    queryKey: ['audit-newest', scope, installId],
    queryFn: async ({ signal }) => (await listAudit(scope, { installId, limit: 50 }, signal)).items,
    enabled: follow === 'true',
    refetchInterval: 2_000,
    staleTime: 0,
  });
  const merged = useMemo(() => (follow === 'true' && newest.data ? withNewest(newest.data, list.rows) : list.rows), [follow, newest.data, list.rows]);
  const gap = merged === undefined && !list.query.isFetching;
  const { refetch } = list.query;
  useEffect(() => {
    if (gap) {
      void refetch();
    }
  }, [gap, refetch]);

  const rows = merged ?? list.rows;
  const narrow = isNarrow(search);
  const { q, actor, action, outcome, changed } = search;
  const shown = useMemo(
    () => (narrow ? rows.filter((entry) => matches(entry, { q, actor, action, outcome, changed } as AuditSearch)) : rows),
    [narrow, rows, q, actor, action, outcome, changed],
  );

  // A filter that finds little would have the whole audit read; somebody says each time that it is to go on.
  const [until, setUntil] = useState(looksAt);
  const wants = narrow && list.hasMore && shown.length < enough && rows.length < until;
  const { loadingMore, more } = list;
  useEffect(() => {
    if (wants && !loadingMore) {
      more();
    }
  }, [wants, loadingMore, more]);
  return {
    rows,
    shown,
    narrow,
    query: list.query,
    loadingMore: list.loadingMore,
    hasMore: list.hasMore && (!narrow || wants || shown.length >= enough),
    stopped: list.stopped,
    more: list.more,
    further:
      narrow && list.hasMore && !wants
        ? () => {
            setUntil(rows.length + looksAt);
            list.more();
          }
        : undefined,
    all: !list.hasMore && !list.stopped,
  };
}
