import { describe, expect, it } from 'vitest';
import { isRefused, mendsItself, Refused, Unreachable } from './problem';

describe('Refused', () => {
  it('has the word, the fields and the wait of the problem details', () => {
    const refused = new Refused(422, { type: 'urn:escapement:problem:validation-failed', title: 'T', detail: 'D', errors: { cron: 'Wrong' } }, '3');
    expect([refused.word, refused.message, refused.errors.cron, refused.retryAfter]).toEqual(['validation-failed', 'D', 'Wrong', 3]);
    expect(isRefused(refused, 'validation-failed')).toBe(true);
  });
  it('stands an answer that is no problem details, such as a proxy’s', () => {
    const refused = new Refused(502, '<html>', 'Wed, 21 Oct 2026 07:28:00 GMT');
    expect([refused.word, refused.message, refused.retryAfter]).toEqual(['unknown', 'HTTP 502', undefined]);
  });
});

describe('mendsItself', () => {
  it.each([
    [new Unreachable(0), true],
    [new Refused(503, {}), true],
    [new Refused(409, {}), false],
    [new Refused(500, {}), false],
    [new Error('x'), false],
  ])('%s', (error, does) => expect(mendsItself(error)).toBe(does));
});
