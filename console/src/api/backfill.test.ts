import { describe, expect, it, vi } from 'vitest';
import { isAllBegun } from './backfill';

vi.mock('../app/places', () => ({ apiRoot: 'http://server.test/' }));

const backfill = (id: string, left: number) => ({
  backfill: { id, left, total: 4, from: '', to: '', which: 'missing', paused: false, by: 'ada', since: '2026-11-30T12:00:00Z' },
});

describe('isAllBegun', () => {
  it('is so once none is left, or it is over', () => {
    expect(isAllBegun(backfill('b', 1), 'b')).toBe(false);
    expect(isAllBegun(backfill('b', 0), 'b')).toBe(true);
    expect(isAllBegun(backfill('another', 3), 'b')).toBe(true);
    expect(isAllBegun({}, 'b')).toBe(true);
  });
});
