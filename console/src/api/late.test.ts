import { describe, expect, it } from 'vitest';
import { holdUpOf, isLate } from './late';

const to = '2026-03-02T09:00:10Z';

describe('isLate', () => {
  it('is not what is due this moment', () => expect(isLate({ oldestWaitingAt: '2026-03-02T09:00:05Z', to })).toBe(false));
  it('is what has waited', () => expect(isLate({ oldestWaitingAt: '2026-03-02T09:00:04Z', to })).toBe(true));
  it('is not where nothing waits', () => expect(isLate({ to })).toBe(false));
});

describe('what holds up what is due', () => {
  it('is that no node takes it, before any of it is late', () => expect(holdUpOf({ takesWork: false, to })).toBe('idle'));
  it('is what waits though a node takes work', () => expect(holdUpOf({ takesWork: true, oldestWaitingAt: '2026-03-02T09:00:00Z', to })).toBe('late'));
  it('is nothing where a node takes it in time', () => expect(holdUpOf({ takesWork: true, to })).toBeUndefined());
});
