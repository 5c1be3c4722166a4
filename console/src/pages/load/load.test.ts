import { describe, expect, it } from 'vitest';
import { texts } from '../../texts';
import { heatOf, heatSteps, isGuess, peakOf, rowsOf, shortestInterval, suggestionOf, type Bucket } from './heat';

const share = (occurrences: number, schedules: number, cron = '0 9 * * *') => ({
  cron,
  timeZone: 'UTC',
  schedules,
  occurrences,
  first: { tenant: 't', installId: 'i', scheduleId: 's' },
});
const bucket = (at: string, occurrences: number, top: Bucket['top'] = []): Bucket => ({ at, occurrences, top });

describe('the heat map', () => {
  it('has hours by day on the clocks of the zone, with gaps before now', () => {
    const rows = rowsOf({ by: 'hour', buckets: [bucket('2026-11-29T22:00:00Z', 1), bucket('2026-11-29T23:00:00Z', 2)] }, 'Europe/Berlin');
    expect(rows.map(({ key }) => key)).toEqual(['2026-11-29', '2026-11-30']);
    expect(rows[0]?.cells).toHaveLength(24);
    expect(rows[0]?.cells[22]?.bucket).toBeUndefined();
    expect(rows[0]?.cells[23]?.bucket?.occurrences).toBe(1);
    expect(rows[1]?.cells[0]?.bucket?.occurrences).toBe(2);
  });
  it('adds up an hour that clocks show twice', () => {
    const rows = rowsOf({ by: 'hour', buckets: [bucket('2026-10-25T00:00:00Z', 3), bucket('2026-10-25T01:00:00Z', 4)] }, 'Europe/Berlin');
    expect(rows[0]?.cells[2]?.bucket?.occurrences).toBe(7);
  });
  it('has minutes by hour', () => {
    const rows = rowsOf({ by: 'minute', buckets: [bucket('2026-11-29T09:07:00Z', 5)] }, 'UTC');
    expect(rows[0]?.cells[7]?.bucket?.occurrences).toBe(5);
    expect(rows[0]?.cells).toHaveLength(60);
  });
  it('is hot beside capacity, and else beside the hottest', () => {
    expect([0, 1, 10, 11, 50, 100, 101].map((n) => heatOf(n, 101, 100))).toEqual([0, 1, 1, 2, 3, 5, 6]);
    expect([1, 10].map((n) => heatOf(n, 10, 1_000_000))).toEqual([1, 1]);
    expect([0, 1, 5, 10].map((n) => heatOf(n, 10, null))).toEqual([0, 1, 3, 5]);
    expect([heatSteps(100).at(0), heatSteps(null).at(0)]).toEqual([10, 20]);
  });
  it('knows its peak', () => {
    expect(peakOf([bucket('a', 1), bucket('b', 4), bucket('c', 4)])?.at).toBe('b');
    expect(peakOf([bucket('a', 0)])).toBeUndefined();
  });
});

describe('what would spread a crowd', () => {
  it('takes the largest share and the shortest spread that is enough', () => {
    const found = suggestionOf(bucket('a', 100, [share(10, 10), share(90, 90)]), 50);
    expect(found).toMatchObject({ minutes: 3, before: 100, after: 40 });
    expect(found?.share.schedules).toBe(90);
  });
  it('keeps within half of the time between two runs, and says nothing when that is not enough', () => {
    expect(suggestionOf(bucket('a', 100, [share(90, 90, '*/15 * * * *')]), 10)?.minutes).toBe(5);
    expect(suggestionOf(bucket('a', 100, [share(90, 90, '*/3 * * * *')]), 50)).toBeUndefined();
    expect(suggestionOf(bucket('a', 100, [share(20, 20)]), 50)).toBeUndefined();
  });
  it.each([
    ['*/15 * * * *', 15],
    ['* * * * *', 1],
    ['0,20 9 * * *', 20],
    ['50,10 * * * *', 20],
    ['5 * * * *', 60],
    ['5 9 * * 1', 1440],
    ['5 9,10 * * *', 60],
    ['0-10 9 * * *', 1],
  ])('knows that %s has %i minutes between runs at least', (cron, minutes) => expect(shortestInterval(cron)).toBe(minutes));
  it('says nothing of what is no crowd, or one schedule alone', () => {
    expect(suggestionOf(bucket('a', 4, [share(4, 4)]), 50)).toBeUndefined();
    expect(suggestionOf(bucket('a', 40, [share(40, 1)]), 50)).toBeUndefined();
    expect(suggestionOf(undefined, 50)).toBeUndefined();
  });
});

describe('the capacity', () => {
  it.each([
    [1, 'In an hour they carry about 3,600 runs of 2 s, all tenants’ together: a guess, by 1 run alone.'],
    [19, 'In an hour they carry about 3,600 runs of 2 s, all tenants’ together: a guess, by the mean of 19 runs alone.'],
    [20, 'In an hour they carry 3,600 runs of 2 s, the mean of the last 20, all tenants’ together.'],
  ])('by %i runs says whether it is a guess', (runs, said) => expect(texts.load.capacity(3_600, '2 s', runs, isGuess(runs))).toBe(said));
});
