import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bulkQuery, whenEnded } from './bulk';

const server = vi.hoisted(() => ({ states: [] as string[], reads: 0 }));

vi.mock('./client', () => ({
  answer: (asked: unknown) => asked,
  api: { GET: () => (server.states[server.reads++] ? Promise.resolve({ state: server.states[server.reads - 1] }) : Promise.reject(new Error('gone'))) },
  once: () => ({}),
}));

beforeEach(() => {
  vi.useFakeTimers();
  server.reads = 0;
});

afterEach(() => vi.useRealTimers());

it('waits for as long as a change of many goes on, and reads how it ended', async () => {
  const client = new QueryClient();
  server.states = ['running', 'running', 'done'];
  const ended = vi.fn();
  void whenEnded(client, 'acme', 'b1').then(ended);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ended).toHaveBeenCalled();
  expect(client.getQueryData(bulkQuery('acme', 'b1').queryKey)).toMatchObject({ state: 'done' });
  client.clear();
});

it('waits no longer for one that can be read no more', async () => {
  server.states = ['running'];
  const gone = expect(whenEnded(new QueryClient(), 'acme', 'b1')).rejects.toThrow('gone');
  await vi.advanceTimersByTimeAsync(1_500);
  await gone;
});
