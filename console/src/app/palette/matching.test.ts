import { describe, expect, it } from 'vitest';
import { looksLikeId, matching } from './matching';

const command = (text: string) => ({ id: text, text, act: () => {} });

describe('matching', () => {
  const commands = [command('Theme: Dark'), command('Go to Schedules'), command('Sign out'), command('Schedules of today')];
  it('wants every word, anywhere', () => expect(matching(commands, 'sched go').map(({ text }) => text)).toEqual(['Go to Schedules']));
  it('puts first what begins so', () =>
    expect(matching(commands, 'schedules').map(({ text }) => text)).toEqual(['Schedules of today', 'Go to Schedules']));
  it('is all for nothing', () => expect(matching(commands, ' ').length).toBe(4));
});

describe('looksLikeId', () => {
  it.each([
    ['01a22764-170a-7000-abdb-5309c96a0e38', true],
    [' 01A22764-170A-7000-ABDB-5309C96A0E38 ', true],
    ['01a22764', false],
    ['heartbeat', false],
  ])('%s', (typed, is) => expect(looksLikeId(typed)).toBe(is));
});
