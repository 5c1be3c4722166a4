import { describe, expect, it } from 'vitest';
import { filtersOf, readSearch, sortOf, sortsOf, type SchedulesSearch } from './search';

describe('sortOf', () => {
  it.each([
    [{}, 'next'],
    [{ failing: 'true' }, 'failures'],
    [{ failing: 'false' }, 'next'],
  ])('of %j is %s', (search, sort) => expect(sortOf(search)).toBe(sort));
});

describe('readSearch', () => {
  it('reads the filters and the order of an address', () =>
    expect(readSearch({ q: 'co', failing: true, dueWithin: 60, sort: 'name' })).toEqual({ q: 'co', failing: 'true', dueWithin: '60', sort: 'name' }));
  it('leaves out what is empty, unknown or of another kind', () =>
    expect(readSearch({ q: '', sort: 'colour', paused: { a: 1 }, cursor: 'x', extension: null })).toEqual({}));
});

describe('filtersOf', () => {
  it('sends nothing on that is no filter, whatever every object has', () => {
    const search = JSON.parse('{"q":"co","__proto__":{"polluted":"1"},"constructor":"x","toString":"x","sort":"name"}') as SchedulesSearch;
    expect(Object.entries(filtersOf(search))).toEqual([['q', 'co']]);
  });
});

describe('sortsOf', () => {
  it.each([
    [false, undefined, false],
    [false, 'com.acme.sync', true],
    [true, 'com.acme.sync', false],
  ])('of all: %s, of %s', (ofAll, extension, lastRun) =>
    expect(['lastRun', '-lastRun'].map((sort) => sortsOf(ofAll, extension).some((one) => one === sort))).toEqual([lastRun, lastRun]));
  it('has what fails most for everybody', () => expect(sortsOf(true, undefined)).toContain('failures'));
});
