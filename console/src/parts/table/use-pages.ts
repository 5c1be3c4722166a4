import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Page } from '../../api/types';
import type { Live } from '../../live/batch';
import { isLong } from '../../live/refresh';
import { stopOf } from './stop';

type Options<T> = {
  key: QueryKey;
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  live?: Live;
  enabled?: boolean;
};

/** A list that the server gives page by page, and `paging` for its table. What was read stays until what was asked for instead is there. */
export function usePages<T>({ key, read, live, enabled = true }: Options<T>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    // Each page would be asked for again, one after the other, for a look at another window.
    refetchOnWindowFocus: (read) => !isLong(read),
    refetchOnReconnect: (read) => !isLong(read),
    ...(live ? { meta: { live } } : {}),
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { fetchNextPage } = query;
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const stopped = stopOf(query);
  return { rows, query, paging: { hasMore: query.hasNextPage && !stopped, loadingMore: query.isFetchingNextPage, stopped, onMore } };
}
