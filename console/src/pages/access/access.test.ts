import { describe, expect, it } from 'vitest';
import type { Token } from '../../api/tokens';
import { expiresIn, lifetimesOf, lifetimesWithin } from './lifetimes';
import { notAmong, reaches, readNames, standingOf } from './standing';

const now = Date.parse('2026-11-29T12:00:00Z');
const token = (more: Partial<Token>): Token => ({
  id: 't',
  name: 'anna',
  role: 'admin',
  tenants: ['acme'],
  madeBy: 'first-token',
  createdAt: '2026-11-20T00:00:00Z',
  etag: 'e',
  ...more,
});

describe('how a token stands', () => {
  it.each<[string, Partial<Token>]>([
    ['well', {}],
    ['well', { expiresAt: '2027-02-01T00:00:00Z', lastUsedAt: '2026-11-29T11:00:00Z' }],
    ['expired', { expiresAt: '2026-11-29T12:00:00Z', oldSecretUntil: '2026-11-30T00:00:00Z' }],
    ['grace', { oldSecretUntil: '2026-11-29T13:00:00Z', expiresAt: '2026-11-30T00:00:00Z' }],
    ['well', { oldSecretUntil: '2026-11-29T11:00:00Z' }],
    ['soon', { expiresAt: '2026-12-02T00:00:00Z' }],
    ['unused', { createdAt: '2026-01-01T00:00:00Z' }],
    ['unused', { createdAt: '2026-01-01T00:00:00Z', lastUsedAt: '2026-10-01T00:00:00Z' }],
  ])('is %s with %o', (standing, more) => expect(standingOf(token(more), now)).toBe(standing));
});

describe('what a token is about', () => {
  it('reaches its tenants, or all of them', () => {
    expect(reaches(token({}), 'acme')).toBe(true);
    expect(reaches(token({}), 'globex')).toBe(false);
    expect(reaches(token({ tenants: ['*'] }), 'globex')).toBe(true);
    expect(reaches(token({ tenants: null }), '~all')).toBe(true);
  });
  it('takes names with commas, spaces and lines between, each once', () => {
    expect(readNames(' acme, globex\nacme;initech ')).toEqual(['acme', 'globex', 'initech']);
  });
  it('reaches tenants that are not there yet, as far as that is known', () => {
    const items = [{ tenant: 'acme' }, { tenant: 'initech' }];
    expect(notAmong(['acme', 'acmee', 'umbrella'], { items })).toEqual(['acmee', 'umbrella']);
    expect(notAmong(['acme', 'acmee', 'umbrella'], { items, nextCursor: 'x' })).toEqual(['acmee']);
  });
});

describe('how long a token lives', () => {
  const own = '2026-12-29T12:00:00.000Z';
  it('is in days, as the word says, or as long as one’s own', () => {
    expect(expiresIn('30', now, own)).toBe(own);
    expect(expiresIn('never', now, undefined)).toBe('never');
    expect(expiresIn('mine', now, '2027-02-27T11:59:59.256Z')).toBe('2027-02-27T11:59:59.256Z');
  });
  it('is no longer than that of one’s own', () => {
    expect(lifetimesWithin(own, now)).toEqual(['1', '7', '30', 'mine']);
    expect(lifetimesWithin('2026-12-29T11:59:59.999Z', now)).toEqual(['1', '7', 'mine']);
    expect(lifetimesWithin(null, now)).toEqual(['1', '7', '30', '90', '365', 'never']);
  });
  it('stays as it was where that is no longer', () => {
    expect(lifetimesOf({ expiresAt: '2026-12-01T00:00:00Z' }, own, now)).toEqual(['keep', '1', '7', '30', 'mine']);
    expect(lifetimesOf({ expiresAt: own }, own, now)).toEqual(['keep', '1', '7', '30']);
    expect(lifetimesOf({ expiresAt: '2027-01-01T00:00:00Z' }, own, now)).toEqual(['1', '7', '30', 'mine']);
    expect(lifetimesOf({}, own, now)).toEqual(['1', '7', '30', 'mine']);
    expect(lifetimesOf({}, null, now)[0]).toBe('keep');
  });
});
