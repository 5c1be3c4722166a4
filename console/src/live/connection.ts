import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { apiAddress } from '../app/places';
import { allTenants } from '../app/scope-name';
import { readFailed } from './failed';
import { browser, Hub } from './hub';
import type { FromPage, LiveEvent, StreamState, ToPage } from './protocol';
import { refresher } from './refresh';

/** How the page keeps up: about to be told by the stream, told by it, asking every few seconds, or not at all while nothing answers. */
export type Connection = 'joining' | 'live' | 'asking' | 'away';

const pollEvery = 10_000;

// Who looks at another tab for a moment and comes back has missed nothing.
const restAfter = 15_000;
const listeners = new Set<() => void>();
let stream: StreamState = 'connecting';
let reachable = true;
let say: ((message: FromPage) => void) | undefined;
let refresh: ((event: LiveEvent) => void) | undefined;
let mend = () => {};

function receive(message: ToPage): void {
  if (message.kind === 'event') {
    refresh?.(message.event);
    return;
  }
  stream = message.state;
  if (stream === 'open') {
    noteReachable(true);
  }
  listeners.forEach((tell) => tell());
}

function join(): (message: FromPage) => void {
  if (typeof SharedWorker === 'undefined') {
    return new Hub(browser).join(receive);
  }
  const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'escapement-events' });
  worker.port.addEventListener('message', (event) => receive(event.data as ToPage));
  worker.port.start();
  return (message) => worker.port.postMessage(message);
}

/** Begins once for the page: keeps up with the stream, asks while there is none, and again for what could not be read. */
export function beginLive(client: QueryClient): void {
  refresh = refresher(client, document);
  setInterval(() => {
    say?.({ kind: 'here' });
  }, 60_000);
  mend = () => void readFailed(client);
  setInterval(() => {
    if (!watched || document.visibilityState !== 'visible') {
      return;
    }
    mend();
    if (stream !== 'open') {
      refresh?.({ event: 'resync' });
    }
  }, pollEvery);
  document.addEventListener('visibilitychange', () => {
    clearTimeout(rest);
    if (document.visibilityState === 'hidden') {
      rest = setTimeout(() => {
        rested = true;
        say?.({ kind: 'leave' });
      }, restAfter);
    } else if (rested && watched) {
      watch(watched);
      refresh?.({ event: 'resync' });
    }
  });
  addEventListener('pagehide', () => say?.({ kind: 'leave' }));
  addEventListener('pageshow', (event) => event.persisted && watched && watch(watched));
}

let watched: string | undefined;

// A page that nobody looks at has no stream: of many tabs the one that is seen has one.
let rested = false;
let rest: ReturnType<typeof setTimeout> | undefined;

/** Looks at the events of a tenant, or of all. Also after signing in again, which a stream that was refused does not notice. */
export function watch(scope: string): void {
  watched = scope;
  say ??= join();
  rested = false;
  say({ kind: 'watch', url: apiAddress(scope === allTenants ? 'api/v1/events' : `api/v1/tenants/${encodeURIComponent(scope)}/events`) });
}

export function unwatch(): void {
  watched = undefined;
  say?.({ kind: 'leave' });
}

/** What the query cache found out: whether the server answers at all. */
export function noteReachable(answers: boolean): void {
  if (answers !== reachable) {
    reachable = answers;
    listeners.forEach((tell) => tell());
    if (answers) {
      mend();
    }
  }
}

// A stream that is open says little of requests that get no answer.
export const connectionNow = (): Connection =>
  !reachable ? 'away' : stream === 'open' ? 'live' : stream === 'connecting' ? 'joining' : 'asking';

export function onConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useConnection = () => useSyncExternalStore(onConnection, connectionNow);
