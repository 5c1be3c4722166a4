import { expect, it } from 'vitest';
import { skippedNext } from './skipped';

const now = Date.parse('2026-11-29T12:00:00Z');
const skip = (at: string, voidedAt?: string) => ({ at, note: '', by: '', since: '', voidedAt });

it.each([
  ['none without skips', [], '2026-11-30T00:00:00Z', undefined],
  ['the first that lies before the next run', [skip('2026-11-29T20:00:00Z'), skip('2026-11-29T16:00:00Z')], '2026-11-30T00:00:00Z', '2026-11-29T16:00:00Z'],
  ['none that lies behind it, is past or was let go', [
    skip('2026-12-01T00:00:00Z'), skip('2026-11-29T11:00:00Z'), skip('2026-11-29T16:00:00Z', '2026-11-29T11:00:00Z'),
  ], '2026-11-30T00:00:00Z', undefined],
  ['one behind which nothing comes', [skip('2026-11-29T16:00:00Z')], undefined, '2026-11-29T16:00:00Z'],
])('the skipped next is %s', (_, skips, nextDueAt, expected) => expect(skippedNext({ skips, nextDueAt } as never, now)).toBe(expected));
