import { expect, it } from 'vitest';
import { tellingFrom } from './ending';

it.each([
  ['com.escapement.scheduler-demo', 'scheduler-demo'],
  ['com.acme.sync', 'sync'],
  ['Jonas Weber', 'Jonas Weber'],
  ['at 9.30', 'at 9.30'],
  ['ends.', 'ends.'],
])('of %s %s tells it from others', (name, end) => expect(name.slice(tellingFrom(name))).toBe(end));
