import { expect, it } from 'vitest';
import { readSearch } from './search';
import { byNumber, choicesOf } from './zones';

it('the zone that most schedules have goes first', () =>
  expect(byNumber(['UTC', 'Europe/Berlin', 'Asia/Tokyo', 'Europe/Berlin', 'Asia/Tokyo', 'Europe/Berlin'])).toEqual(['Europe/Berlin', 'Asia/Tokyo', 'UTC']));

it('zones are chosen among those of the schedules, the reader’s, UTC and the one that is shown, each once', () =>
  expect(choicesOf(['Europe/Berlin'], 'Europe/Berlin', 'Asia/Tokyo')).toEqual(['Europe/Berlin', 'UTC', 'Asia/Tokyo']));

it('a zone of the address is taken where the browser knows it', () =>
  expect(['Europe/Berlin', 'Mars/Olympus', ''].map((zone) => readSearch({ zone }).zone)).toEqual(['Europe/Berlin', undefined, undefined]));
