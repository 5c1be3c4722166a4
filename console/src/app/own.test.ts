import { expect, it } from 'vitest';
import { texts } from '../texts';
import { own } from './own';

const everyObjectHas = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];

it('finds what an object has itself, and nothing that every object has', () => {
  expect(own({ a: 1 }, 'a')).toBe(1);
  expect(own(JSON.parse('{"__proto__":"daily"}') as Record<string, string>, '__proto__')).toBe('daily');
  for (const key of everyObjectHas) {
    expect(own({ a: 1 }, key)).toBeUndefined();
  }
  expect(own(undefined, 'a')).toBeUndefined();
  expect(own({ a: 1 }, undefined)).toBeUndefined();
});

it('is so of all texts by themselves, which the server and addresses name', () => {
  const tables: object[] = [];
  const gather = (of: object): void => {
    tables.push(of);
    Object.values(of).filter((value): value is object => typeof value === 'object' && !Array.isArray(value)).forEach(gather);
  };
  gather(texts);
  expect(tables.length).toBeGreaterThan(50);
  for (const table of tables) {
    expect(everyObjectHas.filter((key) => key in table)).toEqual([]);
  }
});
