import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clockApart, noteServerTime, now, realMs } from './clock';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
afterEach(() => void vi.useRealTimers());

it.each([
  ['real time', 1, '2030-06-01T12:00:01.000Z'],
  ['an hour in a minute', 60, '2030-06-01T12:01:00.000Z'],
])('goes on as the host’s clock does: %s', (_, speed, after) => {
  noteServerTime('2030-06-01T12:00:00Z', speed, Date.now());
  vi.advanceTimersByTime(1_000);
  expect(new Date(now()).toISOString()).toBe(after);
});

it('takes what was shown for halfway between the asking and the answer', () => {
  const asked = Date.now();
  vi.advanceTimersByTime(400);
  noteServerTime('2030-06-01T12:00:00Z', 60, asked);
  expect(new Date(now()).toISOString()).toBe('2030-06-01T12:00:12.000Z');
});

it('is told apart from the reader’s where it runs faster, or shows another time of the day', () => {
  noteServerTime('2030-06-01T12:00:00Z', 60, Date.now());
  expect([clockApart(), realMs(60_000)]).toEqual([60, 1_000]);
  noteServerTime('2030-06-01T12:00:00Z', 1, Date.now());
  expect([clockApart(), realMs(60_000)]).toEqual(['elsewhen', 60_000]);
  noteServerTime('2026-01-01T00:20:00Z', 1, Date.now());
  expect(clockApart()).toBeUndefined();
});
