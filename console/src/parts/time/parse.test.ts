import { describe, expect, it } from 'vitest';
import { parseTime, writeTime } from './parse';

describe('parseTime', () => {
  it.each([
    ['2026-11-27 06:10', 'Europe/Berlin', '2026-11-27T05:10:00.000Z'],
    ['2026-07-01 06:10', 'Europe/Berlin', '2026-07-01T04:10:00.000Z'],
    ['2026-11-27T06:10:30', 'America/New_York', '2026-11-27T11:10:30.000Z'],
    ['2026-11-27', 'UTC', '2026-11-27T00:00:00.000Z'],
    ['2026-11-27T06:10:00Z', 'Asia/Tokyo', '2026-11-27T06:10:00.000Z'],
    // 02:30 is there twice that night: the first one is on summer time.
    ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    // 02:30 is left out that night: it is half an hour behind the jump.
    ['2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29 03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ])('%s in %s', (text, zone, instant) => expect(parseTime(text, zone)).toBe(instant));

  it.each(['', 'yesterday', '2026-02-30 06:00', '2026-11-27 24:00', '2026-11-27 06:60', '2026-13-01'])('refuses %j', (text) =>
    expect(parseTime(text, 'UTC')).toBeUndefined(),
  );

  it('reads what writeTime writes', () => {
    const written = writeTime('2026-07-01T04:10:00.000Z', 'Europe/Berlin');
    expect(written).toBe('2026-07-01 06:10');
    expect(parseTime(written, 'Europe/Berlin')).toBe('2026-07-01T04:10:00.000Z');
  });
});
