import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ToPage } from './protocol';

vi.mock('../app/places', () => ({ apiAddress: (path: string) => `/${path}` }));

type Connection = typeof import('./connection');

let live: Connection;
let problem: typeof import('../api/problem');
let whyOld: (client: QueryClient) => unknown;
let tell: (message: ToPage) => void;
let said: string[];
let client: QueryClient;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => {} });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('SharedWorker', class {
    port = {
      addEventListener: (_: string, hear: (message: { data: ToPage }) => void) => (tell = (data) => hear({ data })),
      start: () => {},
      postMessage: () => {},
    };
  });
  live = await import('./connection');
  problem = await import('../api/problem');
  ({ whyOld } = await import('./failed'));
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  live.beginLive(client);
  live.watch('acme');
  said = [];
  live.onConnection(() => said.push(live.connectionNow()));
});

afterEach(() => {
  client.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A query that is shown, which answers until it is told to fail. */
async function shown(): Promise<{ fail: unknown; reads: number }> {
  const server = { fail: undefined as unknown, reads: 0 };
  const queryFn = () => {
    server.reads++;
    return server.fail === undefined ? 'read' : Promise.reject(server.fail);
  };
  new QueryObserver(client, { queryKey: ['list'], queryFn }).subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  return server;
}

it('is told to the page once when it is lost, and once when it is back, which reads what could not be read', async () => {
  const server = await shown();
  tell({ kind: 'state', state: 'open' });
  server.fail = new problem.Unreachable('away');
  tell({ kind: 'state', state: 'connecting' });
  live.noteReachable(false);
  live.noteReachable(false);
  await client.refetchQueries();
  expect(said).toEqual(['live', 'joining', 'away']);
  expect([client.getQueryData(['list']), whyOld(client)]).toEqual(['read', undefined]);
  server.fail = undefined;
  const before = server.reads;
  tell({ kind: 'state', state: 'open' });
  await vi.advanceTimersByTimeAsync(0);
  expect([said.at(-1), server.reads, client.getQueryState(['list'])?.status]).toEqual(['live', before + 1, 'success']);
});

it('asks every ten seconds for what could not be read, while the stream is there too', async () => {
  const server = await shown();
  tell({ kind: 'state', state: 'open' });
  server.fail = new problem.Refused(503, { title: 'The store is away' });
  await client.refetchQueries();
  expect(whyOld(client)).toHaveProperty('body.title', 'The store is away');
  server.fail = undefined;
  await vi.advanceTimersByTimeAsync(10_100);
  expect([whyOld(client), client.getQueryState(['list'])?.status]).toEqual([undefined, 'success']);
});

it('asks no more for what asking does not help', async () => {
  const server = await shown();
  server.fail = new problem.Refused(403, {});
  await client.refetchQueries();
  const before = server.reads;
  await vi.advanceTimersByTimeAsync(30_100);
  expect(server.reads).toBe(before);
});
