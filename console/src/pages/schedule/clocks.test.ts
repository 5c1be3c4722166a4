import { describe, expect, it } from 'vitest';
import { clocksOf } from './clocks';

const marks = (...occurrences: [at: string, offsetChanged?: boolean, note?: string][]) => {
  const all = occurrences.map(([at, offsetChanged = false, note]) => ({ at: `${at}:00Z`, offsetChanged, ...(note ? { note } : {}) }));
  return all.map((_, place) => clocksOf(all, place));
};
const changed = 'the clocks change';

describe('clocksOf', () => {
  it('marks the first of a daily schedule after a change', () =>
    expect(marks(['2026-10-24T07:00'], ['2026-10-25T08:00', true], ['2026-10-26T08:00'])).toEqual([undefined, changed, undefined]));
  it('marks the first of a weekly one, which is a week and an hour later', () =>
    expect(marks(['2026-10-19T07:00'], ['2026-10-26T08:00', true])).toEqual([undefined, changed]));
  it('marks the first of all by what follows it', () => expect(marks(['2026-10-25T08:00', true], ['2026-10-26T08:00'])).toEqual([changed, undefined]));
  it('marks none of a yearly one, nor of one that is due twice a year', () => {
    expect(marks(['2027-07-01T04:00', true], ['2028-07-01T04:00'])).toEqual([undefined, undefined]);
    expect(marks(['2027-01-01T05:00'], ['2027-07-01T04:00', true], ['2028-01-01T05:00', true])).toEqual([undefined, undefined, undefined]);
  });
  it('says what happens to an occurrence, however seldom it is due', () =>
    expect(marks(['2027-03-28T01:00', true, 'The clocks skip 02:30'], ['2028-03-28T00:30'])).toEqual(['The clocks skip 02:30', undefined]));
});
