import { describe, expect, it } from 'vitest';
import { beginOfYesterday, endOfToday } from './days';

describe('beginOfYesterday', () => {
  const clocks = (instant: string) => {
    const at = new Date(instant);
    return [at.getDate(), at.getHours(), at.getMinutes(), at.getSeconds(), at.getMilliseconds()];
  };
  it('has all of the night before the last, however early it is', () => {
    const early = new Date(2026, 10, 30, 6, 25, 12, 7).getTime();
    expect(clocks(beginOfYesterday(early))).toEqual([29, 0, 0, 0, 0]);
    expect(beginOfYesterday(early) <= new Date(2026, 10, 29, 0, 40).toISOString()).toBe(true);
  });
  it('stays the same through a day, and goes on with it', () => {
    expect(beginOfYesterday(new Date(2026, 10, 30, 0, 0).getTime())).toBe(beginOfYesterday(new Date(2026, 10, 30, 23, 59).getTime()));
    expect(clocks(beginOfYesterday(new Date(2026, 11, 1, 0, 0).getTime()))).toEqual([30, 0, 0, 0, 0]);
  });
  it('is where the clocks show midnight, also where they change', () =>
    expect(clocks(beginOfYesterday(new Date(2026, 2, 30, 9, 0).getTime()))).toEqual([29, 0, 0, 0, 0]));
});

describe('endOfToday', () => {
  it.each([
    [new Date(2026, 11, 31, 0, 0), new Date(2027, 0, 1)],
    [new Date(2026, 11, 31, 23, 59), new Date(2027, 0, 1)],
    [new Date(2026, 9, 25, 1, 30), new Date(2026, 9, 26)],
  ])('of %s is the next midnight', (now, midnight) => expect(endOfToday(now.getTime())).toBe(midnight.toISOString()));
});
