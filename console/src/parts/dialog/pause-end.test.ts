import { describe, expect, it } from 'vitest';
import { noEnd, untilOf } from './pause-end';

const now = Date.parse('2026-11-29T22:30:00Z');

describe('the end of a pause', () => {
  it('is none, so many minutes away, or at a time on the clocks of the zone', () => {
    expect(untilOf({ ends: 'none', at: 'x' }, 'UTC', now)).toEqual({});
    expect(untilOf({ ends: '60', at: 'x' }, 'UTC', now)).toEqual({ until: '2026-11-29T23:30:00.000Z' });
    expect(untilOf({ ends: 'at', at: '2026-11-30 08:00' }, 'America/New_York', now)).toEqual({ until: '2026-11-30T13:00:00.000Z' });
  });
  it('is the next time of day where no day is named', () => {
    const at = (typed: string, zone: string, from = now) => untilOf({ ends: 'at', at: typed }, zone, from);
    expect(at('23:00', 'UTC')).toEqual({ until: '2026-11-29T23:00:00.000Z' });
    expect(at(' 6:30 ', 'UTC')).toEqual({ until: '2026-11-30T06:30:00.000Z' });
    expect(at('22:30', 'UTC')).toEqual({ until: '2026-11-30T22:30:00.000Z' });
    expect(at('08:00', 'Asia/Tokyo')).toEqual({ until: '2026-11-29T23:00:00.000Z' });
    // The night that is an hour longer.
    expect(at('06:00', 'Europe/Berlin', Date.parse('2026-10-24T20:00:00Z'))).toEqual({ until: '2026-10-25T05:00:00.000Z' });
    expect(at('24:00', 'UTC')).toEqual({ wrong: 'no-time' });
  });
  it('is wrong where it is no time, or past', () => {
    expect(untilOf({ ends: 'at', at: 'tomorrow' }, 'UTC', now)).toEqual({ wrong: 'no-time' });
    expect(untilOf({ ends: 'at', at: '2026-11-29 22:30' }, 'UTC', now)).toEqual({ wrong: 'past' });
  });
  it('begins with the next morning of the zone', () => {
    expect(noEnd(now, 'UTC').at).toBe('2026-11-30 08:00');
    expect(noEnd(now, 'Europe/Berlin').at).toBe('2026-11-30 08:00');
    expect(noEnd(now, 'Asia/Tokyo').at).toBe('2026-12-01 08:00');
  });
});
