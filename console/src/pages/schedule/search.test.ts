import { describe, expect, it } from 'vitest';
import { rangeFor, readSearch } from './search';

describe('readSearch', () => {
  it('has an instant in UTC, and a time that is offered', () =>
    expect(readSearch({ at: '2026-11-27T06:10:00+01:00', days: 7 })).toEqual({ at: '2026-11-27T05:10:00.000Z', days: 7 }));
  it('leaves out what is no instant and no such time', () => expect(readSearch({ at: 'yesterday', days: 12 })).toEqual({}));
});

describe('rangeFor', () => {
  const times = (minutes: number) => [{ at: '2026-11-27T00:00:00Z' }, { at: new Date(Date.UTC(2026, 10, 27, 0, minutes)).toISOString() }];
  it.each([[5, 1], [30, 1], [31, 7], [360, 7], [361, 30]])('of every %d minutes is %d days', (minutes, days) => expect(rangeFor(times(minutes))).toBe(days));
  it('is a month where there is no next', () => expect(rangeFor([])).toBe(30));
});
