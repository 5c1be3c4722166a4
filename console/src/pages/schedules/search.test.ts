import { describe, expect, it } from 'vitest';
import { readSearch, sortOf } from './search';

describe('sortOf', () => {
  it.each([
    [{}, 'next'],
    [{ failing: 'true' }, 'failures'],
    [{ failing: 'false' }, 'next'],
    [{ failing: 'true', sort: 'name' }, 'name'],
  ])('of %j is %s', (search, sort) => expect(sortOf(search)).toBe(sort));
});

describe('readSearch', () => {
  it('reads the filters and the order of an address', () =>
    expect(readSearch({ q: 'co', failing: true, dueWithin: 60, sort: 'name' })).toEqual({ q: 'co', failing: 'true', dueWithin: '60', sort: 'name' }));
  it('leaves out what is empty, unknown or of another kind', () =>
    expect(readSearch({ q: '', sort: 'colour', paused: { a: 1 }, cursor: 'x', extension: null })).toEqual({}));
});
