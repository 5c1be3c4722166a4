import { describe, expect, it } from 'vitest';
import { errorOf } from './errors';

describe('errorOf', () => {
  it('finds the message of a field, or of a part of it', () => {
    expect(errorOf({ name: 'taken' }, 'name')).toBe('taken');
    expect(errorOf({ 'tenants[1]': 'no such name' }, 'tenants')).toBe('no such name');
    expect(errorOf({ 'policy.retry.maxAttempts': 'too many' }, 'policy.retry')).toBe('too many');
  });
  it('finds nothing of a field that only begins alike', () => expect(errorOf({ tenantsOf: 'x' }, 'tenants')).toBeUndefined());
});
