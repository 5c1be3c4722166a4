import { describe, expect, it } from 'vitest';
import { find, nameOf, type Key } from './keys';
import { nav, navFor, tenantKey } from './nav';

const key = (keys: string, text = keys): Key => ({ keys, text, act: () => {} });
const press = (key: string, held: Partial<KeyboardEvent> = {}) => nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('keys', () => {
  const all = [key('/'), key('g s'), key('s'), key('Ctrl+k'), key('/', 'of the page')];
  it('finds what stands behind the key before', () => expect(find(all, 'g', 's')?.keys).toBe('g s'));
  it('finds a single key when the one before means nothing', () => expect(find(all, 'q', 's')?.keys).toBe('s'));
  it('prefers what was registered last', () => expect(find(all, '', '/')?.text).toBe('of the page'));
  it('takes Command for Ctrl', () => expect([press('k', { metaKey: true }), press('k', { ctrlKey: true })]).toEqual(['Ctrl+k', 'Ctrl+k']));
  it('lead behind g to one place each', () => {
    const behind = [...nav.map(({ key }) => key), tenantKey];
    expect(new Set(behind).size).toBe(behind.length);
  });
  it('lead to no page that one may not look at', () => {
    const pathsOf = (seeAll: boolean) => navFor({ seeAll }).map(({ path }) => path);
    expect([pathsOf(true).includes('nodes'), pathsOf(false).includes('nodes')]).toEqual([true, false]);
    expect(pathsOf(false)).toEqual(pathsOf(true).filter((path) => path !== 'nodes'));
  });
});
