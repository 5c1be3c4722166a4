import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query';
import { pace, type Live } from './batch';
import type { LiveEvent } from './protocol';

const gather = 200;

/** Pages of a list that somebody has scrolled far into are not all read again for one event, or for a look at another window; the first few are. */
const longest = 3;

/** Whether somebody looks at the page at all. */
export interface Looked {
  readonly visibilityState: string;
  addEventListener(name: 'visibilitychange', listener: () => void): void;
}

type Waiting = { at: number; timer: ReturnType<typeof setTimeout> };

/**
 * Takes events and has the queries read again that they made old: soon, together, and none more often than it wants.
 * A page that nobody looks at reads nothing, and catches up when somebody does.
 */
export function refresher(client: QueryClient, page: Looked): (event: LiveEvent) => void {
  let events: LiveEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let missed = false;
  const waiting = new Map<string, Waiting>();

  function flush(): void {
    timer = undefined;
    const seen = events;
    events = [];
    for (const query of client.getQueryCache().findAll({ type: 'active' })) {
      const live = query.meta?.live as Live | undefined;
      const every = live && pace(live, seen);
      if (every !== undefined && !isLong(query)) {
        soon(query, every);
      }
    }
  }

  function soon(query: Query, every: number): void {
    const at = Math.max(Date.now(), query.state.dataUpdatedAt + every);
    const before = waiting.get(query.queryHash);
    if (before && before.at <= at) {
      return;
    }
    clearTimeout(before?.timer);
    waiting.set(query.queryHash, { at, timer: setTimeout(() => read(query), at - Date.now()) });
  }

  function read(query: Query): void {
    waiting.delete(query.queryHash);
    if (isSeen()) {
      void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    }
  }

  function isSeen(): boolean {
    missed ||= page.visibilityState !== 'visible';
    return page.visibilityState === 'visible';
  }

  function take(event: LiveEvent): void {
    if (isSeen()) {
      events.push(event);
      timer ??= setTimeout(flush, gather);
    }
  }

  page.addEventListener('visibilitychange', () => {
    if (missed && page.visibilityState === 'visible') {
      missed = false;
      take({ event: 'resync' });
    }
  });
  return take;
}

export function isLong(query: { state: { data: unknown } }): boolean {
  const pages = (query.state.data as InfiniteData<unknown> | undefined)?.pages;
  return Array.isArray(pages) && pages.length > longest;
}
