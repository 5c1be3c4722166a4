import { expect, it } from 'vitest';
import { changedFields, lineOf, show } from './field-changes';

it('what is written with a change and stays as it was is no change', () => {
  const granted = ['cap:log.emit'];
  const changes = [
    { field: 'version', before: '1.0.0', after: '2.0.0' },
    { field: 'granted', before: granted, after: [...granted] },
    { field: 'payload', largeBefore: { sha256: 'a', bytes: 5_000 }, largeAfter: { sha256: 'b', bytes: 5_000 } },
  ];
  expect(changedFields(changes as never).map(({ field }) => field)).toEqual(['version', 'payload']);
});

it('instants in a value are shown on the clocks of the page', () =>
  expect(show('2026-11-29T02:00:00.000Z', 'Europe/Berlin')).toMatch(/29.* 03:00$/));

it('a skip is said as one, whether it was made or taken back', () => {
  const field = 'skips.2026-11-29T02:00:00.000Z';
  expect(lineOf({ field, after: { note: 'a holiday' } } as never, 'Europe/Berlin')).toMatch(/^Sun.* 29.* 03:00: skipped, “a holiday”$/);
  expect(lineOf({ field, after: {} } as never, 'Europe/Berlin')).toMatch(/03:00: skipped$/);
  expect(lineOf({ field, before: { note: 'a holiday' } } as never, 'Europe/Berlin')).toMatch(/03:00: skipped no more$/);
  expect(lineOf({ field, after: {} } as never)).toMatch(/02:00 UTC: skipped$/);
});
