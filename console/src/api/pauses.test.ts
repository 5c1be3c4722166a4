import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noteServerTime } from '../app/clock';
import { untilOneEnds } from './pauses';

beforeEach(() => {
  vi.useFakeTimers();
  noteServerTime('2030-06-01T12:00:00Z', 60, Date.now());
});
afterEach(() => void vi.useRealTimers());

it.each([
  ['nothing', undefined, false],
  ['one without an end', [{ until: null }, null], false],
  ['the one that ends first, on the host’s clock', [{ until: '2030-06-01T13:00:00Z' }, { until: '2030-06-01T12:10:00Z' }], 10_200],
  ['one that has ended', [{ until: '2030-06-01T11:00:00Z' }], 1_000],
  ['one that ends in a year', [{ until: '2031-06-01T12:00:00Z' }], 3_600_000],
])('waits for %s', (_, pauses, expected) => expect(untilOneEnds(pauses)).toBe(expected));
