import { describe, expect, it } from 'vitest';
import type { Token } from '../../api/tokens';
import { errorOf, expiresIn, reaches, readNames, standingOf } from './standing';

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
  it('finds the message of a field in those of its entries', () => {
    expect(errorOf({ 'tenants[1]': 'no such name' }, 'tenants')).toBe('no such name');
    expect(errorOf({ tenantsOf: 'x' }, 'tenants')).toBeUndefined();
  });
  it('ends in days, or as the word says', () => {
    expect(expiresIn('30', now)).toBe('2026-12-29T12:00:00.000Z');
    expect(expiresIn('never', now)).toBe('never');
  });
});
