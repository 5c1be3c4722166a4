import { describe, expect, it } from 'vitest';
import { isReady, nothingTyped, policyOf } from './bulk-policy';

describe('policyOf', () => {
  it('has what was typed and nothing else', () =>
    expect(policyOf({ ...nothingTyped, missed: 'none', spread: ' 60 ', pauses: '0' })).toEqual({ missed: 'none', spreadSeconds: 60, pauseAfterFailures: 0 }));
  it('is nothing of nothing', () => expect(policyOf(nothingTyped)).toEqual({}));
});

describe('isReady', () => {
  it.each([
    [{}, false],
    [{ spread: ' ' }, false],
    [{ spread: '60' }, true],
    [{ overlap: 'skip', limit: 'x' }, false],
    [{ overlap: 'skip' }, true],
  ])('%j', (typed, ready) => expect(isReady({ ...nothingTyped, ...typed })).toBe(ready));
});
