import { describe, expect, it } from 'vitest';
import { isRetrying, occurrenceOf } from '../../api/of-run';
import type { Run } from '../../api/types';
import { texts } from '../../texts';
import { errorLine } from './run-words';

const run = (more: Partial<Run>) => ({ state: 'failed', earlierAttempts: [], ...more }) as Run;
const failed = (error: string) => ({ attempt: 1, endedAt: '2026-03-02T09:00:00Z', reason: 'trap', error }) as Run['earlierAttempts'][number];

describe('errorLine', () => {
  it('is the first line of what was said last', () => {
    expect(errorLine(run({ error: '\n TypeError: x\n  at sync' }))).toBe('TypeError: x');
    expect(errorLine(run({ state: 'queued', earlierAttempts: [failed('first'), failed('TypeError: y\nat')] }))).toBe('TypeError: y');
    expect(errorLine(run({}))).toBe('');
  });
  it('is what an answer with an error says, and its status where it says nothing', () => {
    expect(errorLine(run({ error: 'The endpoint answered with status 503: the feed is down\nat 5' }))).toBe('the feed is down');
    expect(errorLine(run({ error: 'The endpoint answered with status 500' }))).toBe('status 500');
    const answer = (body: string) => errorLine(run({ error: `The endpoint answered with status 500: ${body}` }));
    expect([answer('{"error":"no contract\\nat 3"}'), answer('{"error":"no contract","id":1}'), answer('{"error":"cut'), answer('null')]).toEqual([
      'no contract', '{"error":"no contract","id":1}', '{"error":"cut', 'null',
    ]);
  });
});

describe('isRetrying', () => {
  it.each([
    ['queued', true],
    ['running', false],
  ])('%s after an attempt: %s', (state, is) => expect(isRetrying({ state, earlierAttempts: [failed('x')] })).toBe(is));
  it('says how often of how many', () =>
    expect([texts.parts.retry.attempt(2, 3), texts.parts.retry.attempt(4, 3), texts.parts.retry.attempt(2, undefined)]).toEqual([
      'attempt 2 of 3',
      'attempt 4',
      'attempt 2',
    ]));
});

describe('occurrenceOf', () => {
  const dueAt = '2026-03-02T09:00:00Z';
  it.each([
    ['schedule', undefined, dueAt],
    ['backfill', '2026-03-01T09:00:00Z', '2026-03-01T09:00:00Z'],
    ['run-now', undefined, undefined],
    ['rerun', '2026-03-01T09:00:00Z', undefined],
  ])('of a run by %s', (trigger, occurrence, is) => expect(occurrenceOf({ trigger, dueAt, ...(occurrence ? { occurrence } : {}) })).toBe(is));
});
