import { describe, expect, it } from 'vitest';
import { after } from './ahead';

const press = (key: string, held: Partial<Parameters<typeof after>[1]> = {}) =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, graph: false, ...held });

describe('after', () => {
  it('has what a key writes behind it', () => expect(after('g', press('ö'))).toBe('gö'));
  it('has one letter less after Backspace', () => expect([after('g😀', press('Backspace')), after('', press('Backspace'))]).toEqual(['g', '']));
  it('takes what AltGr writes', () => expect(after('', press('@', { ctrlKey: true, altKey: true, graph: true }))).toBe('@'));
  it.each([press('Shift'), press('Enter'), press('k', { ctrlKey: true }), press('v', { metaKey: true }), press('a', { isComposing: true })])(
    'is nothing for $key',
    (one) => expect(after('g', one)).toBeUndefined(),
  );
});
