import { expect, it } from 'vitest';
import { wrongRange } from './backfill-range';

const now = Date.parse('2026-11-30T12:00:00Z');

it.each([
  ['2026-11-30T10:00:00Z', '2026-11-30T12:00:00Z', undefined],
  ['2026-11-30T12:00:00Z', '2026-11-30T12:00:00Z', undefined],
  ['2026-11-30T11:00:00Z', '2026-11-30T10:59:59Z', { at: 'from', why: 'reversed' }],
  ['2026-11-30T10:00:00Z', '2026-11-30T12:00:01Z', { at: 'to', why: 'ahead' }],
])('from %s to %s', (from, to, wrong) => expect(wrongRange(from, to, now)).toEqual(wrong));
