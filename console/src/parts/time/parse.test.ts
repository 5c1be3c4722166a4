import { describe, expect, it } from 'vitest';
import { isTaken, parseTime, readTime, writeTime } from './parse';

describe('parseTime', () => {
  it.each([
    ['2026-11-27 06:10', 'Europe/Berlin', '2026-11-27T05:10:00.000Z'],
    ['2026-07-01 06:10', 'Europe/Berlin', '2026-07-01T04:10:00.000Z'],
    ['2026-11-27T06:10:30', 'America/New_York', '2026-11-27T11:10:30.000Z'],
    ['2026-11-27', 'UTC', '2026-11-27T00:00:00.000Z'],
    ['2026-11-27T06:10:00Z', 'Asia/Tokyo', '2026-11-27T06:10:00.000Z'],
    // 02:30 is there twice that night: the first one is on summer time.
    ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    // 02:30 is left out that night: it is when the clocks go on, as it is for schedules.
    ['2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
    ['2026-03-29 03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ])('%s in %s', (text, zone, instant) => expect(parseTime(text, zone)).toBe(instant));

  it.each(['', 'yesterday', '2026-02-30 06:00', '2026-11-27 24:00', '2026-11-27 06:60', '2026-13-01'])('refuses %j', (text) =>
    expect(parseTime(text, 'UTC')).toBeUndefined(),
  );

  it('says what the clocks do to a time', () => {
    expect(readTime('2026-03-29 02:30', 'Europe/Berlin')).toMatchObject({ clocks: 'leftOut', typed: '02:30', shown: '03:00' });
    expect(readTime('2026-10-25 02:50', 'UTC')?.clocks).toBeUndefined();
    expect(readTime('2026-10-25 03:00', 'Europe/Berlin')?.clocks).toBeUndefined();
    expect(readTime('2026-10-25T00:50:00Z', 'Europe/Berlin')?.clocks).toBeUndefined();
  });

  it.each([
    ['2026-10-25 02:50', 'Europe/Berlin'],
    ['2026-11-01 01:30', 'America/New_York'],
    ['2026-04-05 01:45', 'Australia/Lord_Howe'],
  ])('offers both of %s in %s', (text, zone) => {
    const first = readTime(text, zone);
    const second = readTime(first?.other ?? '', zone);
    expect([first?.clocks, second?.clocks, first?.shown, second?.shown]).toEqual(['first', 'second', text.slice(11), text.slice(11)]);
    expect(Date.parse(second?.at ?? '')).toBeGreaterThan(Date.parse(first?.at ?? ''));
    expect(readTime(second?.other ?? '', zone)?.at).toBe(first?.at);
  });

  it('reads what writeTime writes', () => {
    const written = writeTime('2026-07-01T04:10:00.000Z', 'Europe/Berlin');
    expect(written).toBe('2026-07-01 06:10');
    expect(parseTime(written, 'Europe/Berlin')).toBe('2026-07-01T04:10:00.000Z');
  });
});

it.each([
  ['1970-01-01 00:00', 'UTC', true],
  ['1970-01-01 00:59', 'Europe/Berlin', false],
  ['8999-12-31 23:59', 'UTC', true],
  ['9000-01-01 00:00', 'UTC', false],
])('the server takes %s in %s: %s', (text, zone, is) => expect(isTaken(parseTime(text, zone) ?? '')).toBe(is));
