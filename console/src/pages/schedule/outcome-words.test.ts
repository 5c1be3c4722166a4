import { expect, it } from 'vitest';
import { cameTo, madeUp, outcomeWords } from './outcome-words';

it.each([
  [{ state: 'succeeded', statusCode: 200 }, 'succeeded: status 200'],
  [{ state: 'failed', statusCode: 503, reason: 'error-status' }, 'failed: the extension answered with an error'],
  [{ state: 'skipped', reason: 'paused', missed: { count: 3 } }, 'skipped: paused, 3 occurrences'],
  [{ state: 'running' }, 'running'],
])('%j came to this', (run, said) => expect(outcomeWords(run as never)).toBe(said));

it.each([
  [{ state: 'failed', reason: 'error-status', error: 'The endpoint answered with status 503: down' }, { what: 'failed: down', behind: '' }],
  [{ state: 'failed', reason: 'time-out', error: 'No answer in 30 s' }, { what: 'failed: no answer in time', behind: 'No answer in 30 s' }],
  [{ state: 'failed', reason: 'error-status' }, { what: 'failed: the extension answered with an error', behind: '' }],
])('%j is told by what was said', (run, told) => expect(cameTo({ earlierAttempts: [], ...run } as never)).toEqual(told));

it('says which occurrence a run makes up for', () => {
  expect(madeUp({ dueAt: 'b', occurrence: 'a' })).toBe('a');
  expect([madeUp({ dueAt: 'b', occurrence: 'b' }), madeUp({ dueAt: 'b', occurrence: null })]).toEqual([undefined, undefined]);
});
