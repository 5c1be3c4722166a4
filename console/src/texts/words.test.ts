import { expect, it } from 'vitest';
import { fill } from './words';

it('puts a name that is read from the right apart from what is beside it', () => {
  expect(fill('{name} of {tenant}', { name: 'שלום', tenant: 'acme' })).toBe('\u2068שלום\u2069 of acme');
});

it('keeps braces that are in a name', () => expect(fill('{name}!', { name: '{tenant}', tenant: 'acme' })).toBe('{tenant}!'));
