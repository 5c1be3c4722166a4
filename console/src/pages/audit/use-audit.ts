import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { getAudit, listAudit } from '../../api/audit-log';
import type { Audit } from '../../api/types';
import { usePages } from '../../parts/table/use-pages';
import { filtersOf, withNewest, type AuditSearch } from './search';

/** The audit as the address asks for it. */
export function useAudit(scope: string, search: AuditSearch) {
  const { follow, entry } = search;
  const filters = filtersOf(search);
  const list = usePages<Audit>({
    key: ['audit', scope, filters],
    read: (cursor, signal) => listAudit(scope, filters, { cursor, limit: 200 }, signal),
  });
  const newest = useQuery({
    queryKey: ['audit-newest', scope, filters],
    queryFn: async ({ signal }) => (await listAudit(scope, filters, { limit: 50 }, signal)).items,
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
  const among = entry ? rows.find(({ id }) => id === entry) : undefined;
  const apart = useQuery({
    queryKey: ['audit-entry', scope, entry],
    queryFn: ({ signal }) => getAudit(scope, entry ?? '', signal),
    enabled: entry !== undefined && among === undefined && !list.query.isPending,
  });
  return { ...list, rows, shown: among ?? (entry ? apart.data : undefined), missing: entry && !among ? apart.error : null };
}
