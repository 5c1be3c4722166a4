import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../api/types';
import { changedFields, changedPolicy, isCount, isLikeCron, typedPolicy } from './changed';

const opened = { name: null, cron: '0 9 * * *', timezone: 'UTC', payload: '{}' } as unknown as Schedule;
const typed = { name: '', cron: '0 9 * * *', timezone: 'UTC', payload: '{}' };

describe('changedFields', () => {
  it('is empty for what is as it was when the dialog opened', () => expect(changedFields(opened, typed)).toEqual({}));
  it('leaves out what nobody typed, so that a colleague’s newer value of it stays', () =>
    expect(changedFields(opened, { ...typed, payload: '{"a":1}' })).toEqual({ payload: '{"a":1}' }));
  it('empties a name', () => expect(changedFields({ ...opened, name: 'Sync' }, typed)).toEqual({ name: '' }));
});

describe('isCount', () => {
  it.each(['', ' ', '0', ' 12 '])('takes "%s"', (value) => expect(isCount(value)).toBe(true));
  it.each(['x', '3x', '-1', '1.5', '1e3', '0x10', 'Infinity'])('does not take "%s"', (value) => expect(isCount(value)).toBe(false));
});

describe('changedPolicy', () => {
  const policy = { overlap: 'skip', missed: 'all', retry: { maxAttempts: 3, delaySeconds: 20 }, timeLimitSeconds: 30 } as never;
  it('is empty for what is as it was when the dialog opened', () => expect(changedPolicy(policy, typedPolicy(policy))).toEqual({}));
  it('has only what was typed, and of retries also what the dialog does not show', () =>
    expect(changedPolicy(policy, { ...typedPolicy(policy), attempts: '5' })).toEqual({ retry: { maxAttempts: 5, delaySeconds: 20 } }));
  it('has the default of what was emptied', () =>
    expect(changedPolicy({ pauseAfterFailures: 5, spreadSeconds: 60, retry: { maxAttempts: 3 } } as never, { ...typedPolicy({}), attempts: '' })).toEqual({
      retry: { maxAttempts: 1 },
      pauseAfterFailures: 20,
      spreadSeconds: 0,
    }));
  it('gives an emptied limit back to the host', () =>
    expect(changedPolicy(policy, { ...typedPolicy(policy), limit: ' ' })).toEqual({ timeLimitSeconds: null }));
});

it.each([
  ['0930', false],
  ['weekdays at 25', false],
  ['0 9 * *', true],
  ['0 9 1 1 8', true],
])('%s is meant as an expression: %s', (text, is) => expect(isLikeCron(text)).toBe(is));
