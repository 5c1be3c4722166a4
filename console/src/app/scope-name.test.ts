import { expect, it } from 'vitest';
import { isTenant } from './scope-name';

it.each(['acme', 'A.b_c:d-9', 'x'.repeat(128)])('a tenant can be called %s', (scope) => expect(isTenant(scope)).toBe(true));
it.each(['', '~all', '<script>', 'a b', 'é', 'x'.repeat(129)])('no tenant can be called %j', (scope) => expect(isTenant(scope)).toBe(false));
