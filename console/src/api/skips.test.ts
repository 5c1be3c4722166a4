import { describe, expect, it } from 'vitest';
import { isOver } from './skips';

describe('isOver', () => {
  const now = Date.parse('2026-11-30T06:00:00Z');
  const skip = (at: string) => ({ field: `skips.${at}`, after: { note: 'a holiday' } });
  it('is so for a skip alone whose time has come', () => {
    expect(isOver({ changes: [skip('2026-11-30T06:00:00.000Z')] }, now)).toBe(true);
    expect(isOver({ changes: [skip('2026-11-30T06:00:01.000Z')] }, now)).toBe(false);
  });
  it('is not so for anything else, which can go back without the skip', () => {
    expect(isOver({ changes: [{ field: 'cron' }, skip('2026-03-17T14:00:00.000Z')] }, now)).toBe(false);
    expect(isOver({ changes: [{ field: 'cron' }] }, now)).toBe(false);
    expect(isOver({}, now)).toBe(false);
  });
});
