import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Live } from './batch';
import type { LiveEvent } from './protocol';
import { refresher } from './refresh';

let page: { visibilityState: string; addEventListener(name: string, listener: () => void): void };
let look: (state: 'visible' | 'hidden') => void;
let client: QueryClient;

beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient();
  let changed: () => void;
  page = { visibilityState: 'visible', addEventListener: (_, listener) => (changed = listener) };
  look = (state) => {
    page.visibilityState = state;
    changed();
  };
});

afterEach(() => {
  client.clear();
  vi.useRealTimers();
});

/** A query that is shown, and how often it was read. */
async function shown(live: Live): Promise<{ reads: number }> {
  const count = { reads: 0 };
  new QueryObserver(client, { queryKey: ['strip'], queryFn: () => ++count.reads, meta: { live } }).subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  return count;
}

const run: LiveEvent = { event: 'run', tenant: 'acme', id: 'r1', what: 'failed', scheduleId: 's1' };

describe('refresher', () => {
  it('reads nothing while nobody looks, and once when somebody does', async () => {
    const hear = refresher(client, page);
    const count = await shown({ on: ['run'] });
    look('hidden');
    hear(run);
    await vi.advanceTimersByTimeAsync(60_000);
    hear(run);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(count.reads).toBe(1);
    look('visible');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(count.reads).toBe(2);
  });

  it('reads nothing when somebody comes back who missed nothing', async () => {
    refresher(client, page);
    const count = await shown({ on: ['run'] });
    look('hidden');
    look('visible');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(count.reads).toBe(1);
  });

  it('keeps what it meant to read for later when somebody looks away before', async () => {
    const hear = refresher(client, page);
    const count = await shown({ on: ['run'], every: 5_000 });
    hear(run);
    await vi.advanceTimersByTimeAsync(1_000);
    look('hidden');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(count.reads).toBe(1);
    look('visible');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(count.reads).toBe(2);
  });
});
