import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query';
import { touches, type Live } from './batch';
import type { LiveEvent } from './protocol';

const gather = 200;
const defaultEvery = 1_000;

/** Pages of a list that somebody has scrolled far into are not all read again for one event; the first few are. */
const longest = 3;

/** Takes events and has the queries read again that they made old: soon, together, and none more often than it wants. */
export function refresher(client: QueryClient): (event: LiveEvent) => void {
  let events: LiveEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  function flush(): void {
    timer = undefined;
    const seen = events;
    events = [];
    for (const query of client.getQueryCache().findAll({ type: 'active' })) {
      const live = query.meta?.live as Live | undefined;
      if (live && touches(live, seen) && !isLong(query)) {
        soon(query, live.every ?? defaultEvery);
      }
    }
  }

  function soon(query: Query, every: number): void {
    if (waiting.has(query.queryHash)) {
      return;
    }
    const wait = Math.max(0, query.state.dataUpdatedAt + every - Date.now());
    waiting.set(
      query.queryHash,
      setTimeout(() => {
        waiting.delete(query.queryHash);
        void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
      }, wait),
    );
  }

  return (event) => {
    events.push(event);
    timer ??= setTimeout(flush, gather);
  };
}

function isLong(query: Query): boolean {
  const pages = (query.state.data as InfiniteData<unknown> | undefined)?.pages;
  return Array.isArray(pages) && pages.length > longest;
}
