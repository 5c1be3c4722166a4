import type { LiveEvent } from './protocol';

/** What a query says of itself in its `meta`: which events make it old, and of which schedule, run or tenant alone. */
export type Live = {
  on: ReadonlyArray<'run' | 'schedule'>;
  tenant?: string | undefined;
  scheduleId?: string | undefined;
  runId?: string | undefined;
  /** Asked again no more often than this; a list of many wants longer than a single thing. In milliseconds. */
  every?: number;
};

// A run that ends is to be seen within a second, its request and its drawing included.
const defaultEvery = 700;

/** How often at most a query is read again for what happened; undefined when that does not touch it. */
export function pace(live: Live, events: readonly LiveEvent[]): number | undefined {
  return touches(live, events) ? (live.every ?? defaultEvery) : undefined;
}

/** Whether what a query shows may have changed by what happened. */
export function touches(live: Live, events: readonly LiveEvent[]): boolean {
  return events.some((event) => {
    if (event.event === 'resync' || event.event === 'counts') {
      return true;
    }
    if (!live.on.includes(event.event) || (live.tenant && event.tenant && event.tenant !== live.tenant)) {
      return false;
    }
    if (event.event === 'run') {
      return (!live.scheduleId || live.scheduleId === event.scheduleId) && (!live.runId || live.runId === event.id);
    }
    return !live.scheduleId || !event.id || live.scheduleId === event.id;
  });
}
