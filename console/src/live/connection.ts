import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { apiAddress } from '../app/places';
import { allTenants } from '../app/scope-name';
import { browser, Hub } from './hub';
import type { FromPage, LiveEvent, StreamState, ToPage } from './protocol';
import { refresher } from './refresh';

/** How the page keeps up: about to be told by the stream, told by it, asking every few seconds, or not at all while nothing answers. */
export type Connection = 'joining' | 'live' | 'asking' | 'away';

const pollEvery = 10_000;
const listeners = new Set<() => void>();
const watchers = new Set<(event: LiveEvent) => void>();
let stream: StreamState = 'connecting';
let reachable = true;
let say: ((message: FromPage) => void) | undefined;
let refresh: ((event: LiveEvent) => void) | undefined;

function receive(message: ToPage): void {
  if (message.kind === 'event') {
    hear(message.event);
    return;
  }
  stream = message.state;
  if (stream === 'open') {
    reachable = true;
  }
  listeners.forEach((tell) => tell());
}

function hear(event: LiveEvent): void {
  refresh?.(event);
  watchers.forEach((tell) => tell(event));
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

/** Begins once for the page: keeps up with the stream, and asks while there is none. */
export function beginLive(client: QueryClient): void {
  refresh = refresher(client, document);
  setInterval(() => {
    say?.({ kind: 'here' });
  }, 60_000);
  setInterval(() => {
    if (watched && stream !== 'open' && document.visibilityState === 'visible') {
      hear({ event: 'resync' });
    }
  }, pollEvery);
  addEventListener('pagehide', () => say?.({ kind: 'leave' }));
  addEventListener('pageshow', (event) => event.persisted && watched && watch(watched));
}

let watched: string | undefined;

/** Looks at the events of a tenant, or of all. Also after signing in again, which a stream that was refused does not notice. */
export function watch(scope: string): void {
  watched = scope;
  say ??= join();
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
  }
}

export function onLiveEvent(listener: (event: LiveEvent) => void): () => void {
  watchers.add(listener);
  return () => watchers.delete(listener);
}

const current = (): Connection => (stream === 'open' ? 'live' : !reachable ? 'away' : stream === 'connecting' ? 'joining' : 'asking');

export const useConnection = () =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, current);
