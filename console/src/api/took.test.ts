import { expect, it } from 'vitest';
import { lasted, tookOf } from './took';
import type { Run } from './types';

const attempt = { startedAt: '2026-11-29T18:05:00.000Z', endedAt: '2026-11-29T18:06:03.000Z' };

it('is from the start to the end', () => expect(lasted({ ...attempt, reason: 'node-stopped' })).toBe(63_000));

it.each(['node-lost', 'store-lost'])('is not known of an attempt that was lost: %s', (reason) => {
  expect(lasted({ ...attempt, reason })).toBeUndefined();
  expect(tookOf({ startedAt: attempt.startedAt, finishedAt: attempt.endedAt, reason } as Run)).toBeUndefined();
});
