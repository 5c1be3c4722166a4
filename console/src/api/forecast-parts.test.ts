import { expect, it } from 'vitest';
import { partsUntil } from './forecast-parts';

const at = (time: string) => Date.parse(`2026-11-29T${time}Z`);

it.each([
  ['whole hours', '10:00:00', [['hour', undefined, '10:00']]],
  ['hours, and the minutes of the last one', '10:20:30', [['hour', undefined, '10:00'], ['minute', '10:00', '10:21']]],
  ['the minutes of the hour that it is', '08:20:00', [['minute', undefined, '08:20']]],
])('a forecast is asked for by %s', (_, until, parts) =>
  expect(partsUntil(at(until), at('08:10:00')).map(({ by, from, to }) => [by, from?.slice(11, 16), to.slice(11, 16)])).toEqual(parts),
);
