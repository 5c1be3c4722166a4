import { describe, expect, it, vi } from 'vitest';
import { Refused, Unreachable } from '../../api/problem';
import { mayHelp } from './problem';
import { joined } from './toasts';

vi.mock('../button', () => ({ Button: () => null, IconButton: () => null }));

describe('what is said', () => {
  it('leaves out what was said of the same thing before, and keeps four', () => {
    const said: { of?: string | readonly string[] | undefined }[] = [{ of: 'a' }, { of: undefined }, { of: 'b' }, { of: 'c' }, { of: 'd' }];
    expect(joined(said, { of: 'c' })).toEqual([{ of: undefined }, { of: 'b' }, { of: 'd' }, { of: 'c' }]);
    expect(joined(said, { of: undefined })).toEqual([{ of: 'b' }, { of: 'c' }, { of: 'd' }, { of: undefined }]);
    expect(joined(said, { of: ['a', 'd'] })).toEqual([{ of: undefined }, { of: 'b' }, { of: 'c' }, { of: ['a', 'd'] }]);
    expect(joined([...said, { of: ['b', 'e'] }], { of: 'e' })).toEqual([{ of: 'b' }, { of: 'c' }, { of: 'd' }, { of: 'e' }]);
  });
});

describe('trying again', () => {
  it.each([
    ['what is at odds', new Refused(409, {}), false],
    ['what cannot be', new Refused(422, {}), false],
    ['what is to be waited for', new Refused(409, {}, '3'), true],
    ['a fault of the server', new Refused(500, {}), true],
    ['no answer', new Unreachable(undefined), true],
  ])('of %s', (_, error, helps) => expect(mayHelp(error)).toBe(helps));
});
