import { describe, expect, it } from 'vitest';
import type { Run } from './types';
import { keepLog } from './keep-log';

const line = (message: string) => ({ at: '2026-11-29T12:00:00Z', level: 'info', message });
const run = (state: string, attempt: number, ...log: string[]) =>
  ({ id: '1', state, attempt, evidence: { log: log.map(line), droppedLogLines: 0, hostCalls: {} } }) as unknown as Run;

describe('keepLog', () => {
  it.each([
    ['more of it', run('running', 1, 'a'), run('running', 1, 'a', 'b'), ['a', 'b']],
    ['none of it, where another node answers', run('running', 1, 'a'), run('running', 1), ['a']],
    ['none of it, in another attempt', run('running', 1, 'a'), run('running', 2), []],
    ['all that was kept, once it has ended', run('running', 1, 'a', 'b'), run('failed', 1, 'b'), ['b']],
    ['the first of it', undefined, run('running', 1, 'a'), ['a']],
  ])('has %s', (_, before, after, shown) => expect(keepLog(before, after).evidence?.log.map(({ message }) => message)).toEqual(shown));
});
