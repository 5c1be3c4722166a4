import { describe, expect, it } from 'vitest';
import { isLate } from './late';

const to = '2026-03-02T09:00:10Z';

describe('isLate', () => {
  it('is not what is due this moment', () => expect(isLate({ oldestWaitingAt: '2026-03-02T09:00:05Z', to })).toBe(false));
  it('is what has waited', () => expect(isLate({ oldestWaitingAt: '2026-03-02T09:00:04Z', to })).toBe(true));
  it('is not where nothing waits', () => expect(isLate({ to })).toBe(false));
});
