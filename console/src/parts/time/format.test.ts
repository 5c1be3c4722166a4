import { describe, expect, it } from 'vitest';
import { formatDuration, formatRelative, formatTime, isUtc, knownZone, withTimes, zoneHint, zoneWord } from './format';

const now = Date.parse('2026-11-29T12:00:00Z');

describe('formatTime', () => {
  it('is on the clocks of the zone', () => {
    expect(formatTime('2026-11-30T05:10:00Z', 'Europe/Berlin', 'minute', now)).toContain('06:10');
    expect(formatTime('2026-11-30T05:10:00Z', 'America/New_York', 'minute', now)).toContain('00:10');
  });
  it('has midnight as 00, not 24', () => expect(formatTime('2026-11-30T00:00:00Z', 'UTC', 'clock', now)).toBe('00:00:00'));
  it('has the year when it is another, in that zone', () => {
    expect(formatTime('2026-12-31T23:30:00Z', 'UTC', 'minute', now)).not.toContain('202');
    expect(formatTime('2026-12-31T23:30:00Z', 'Europe/Berlin', 'minute', now)).toContain('2027');
  });
  it('is in UTC for a zone that the browser does not know', () => {
    expect(knownZone('Mars/Olympus')).toBe('UTC');
    expect(formatTime('2026-11-30T05:10:00Z', 'Mars/Olympus', 'clock', now)).toBe('05:10:00');
  });
  it('shows both hours of the night when clocks go back', () => {
    expect(formatTime('2026-10-25T00:30:00Z', 'Europe/Berlin', 'clock', now)).toBe('02:30:00');
    expect(formatTime('2026-10-25T01:30:00Z', 'Europe/Berlin', 'clock', now)).toBe('02:30:00');
  });
});

it('knows UTC by its other names', () =>
  expect(['UTC', 'Etc/UTC', 'Mars/Olympus', 'Europe/London'].map(isUtc)).toEqual([true, true, true, false]));

describe('withTimes', () => {
  it('has the instants of a sentence as people read them', () => {
    expect(withTimes('pause by anna at 2026-11-29T02:00:00.123Z, 4 runs', now)).toMatch(/^pause by anna at .*29.* 02:00 UTC, 4 runs$/);
    expect(withTimes('from 2026-11-29T02:00:00Z', now, 'Europe/Berlin')).toMatch(/^from .*29.* 03:00$/);
    expect(withTimes('nothing of the kind', now)).toBe('nothing of the kind');
  });
});

describe('zoneHint', () => {
  it('says the zone that typed times are read in', () => expect(zoneHint('Europe/Berlin')).toBe('Times are in Europe/Berlin.'));
  it('says UTC where the browser does not know the zone', () =>
    expect(zoneHint('Mars/Olympus')).toBe('Mars/Olympus is not known to this browser: times are in UTC.'));
});

describe('formatRelative', () => {
  // How short the unit's word is, ICU's versions do not agree about.
  it.each([
    [0, /^now$/],
    [59_000, /^in 59 ?s/],
    [60_000, /^in 1 ?m/],
    [3_599_000, /^in 59 ?m/],
    [3_600_000, /^in 1 ?h/],
    [-7_300_000, /^2 ?h.* ago$/],
    [90_000_000, /^in 1 ?d/],
    [89.9 * 86_400_000, /^in 89 ?d/],
    [101 * 86_400_000, /^in 3 ?mo?/],
  ])('%d ms from now', (away, text) => expect(formatRelative(now + away, now)).toMatch(text));
});

describe('formatDuration', () => {
  it.each([
    [0, /^0ms$/],
    [4, /^4ms$/],
    [999, /^999ms$/],
    [1_234, /^1\.2s$/],
    [14_000, /^14s$/],
    [131_000, /^2m(in)? 11s$/],
    [3_600_000, /^1h$/],
    [3_599_800, /^1h$/],
    [16_199_400, /^4h 30m(in)?$/],
    [86_399_000, /^1(d|day)$/],
    [90_061_000, /^1(d|day) 1h$/],
  ])('%d ms', (value, text) => expect(formatDuration(value)).toMatch(text));
});

describe('zoneWord', () => {
  it('is the city', () => expect([zoneWord('America/New_York'), zoneWord('UTC')]).toEqual(['New York', 'UTC']));
});
