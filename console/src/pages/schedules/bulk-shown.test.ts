import { describe, expect, it } from 'vitest';
import type { BulkPreview } from '../../api/types';
import { shownOf, targetsOf } from './bulk-shown';

const thing = (id: string) => ({ id, installId: 'i', endpoint: 'POST /api/sync' });
const preview = (token: string, schedules: number, ...first: string[]): BulkPreview => ({
  token,
  expiresAt: '2026-03-02T09:00:00Z',
  schedules,
  runs: 2,
  changes: first.length,
  first: first.map(thing),
  leftOut: [],
});

describe('shownOf', () => {
  it('adds up what each tenant shows, and begins only where something would change', () => {
    const shown = shownOf([
      { tenant: 'acme', preview: preview('t1', 3, 'a', 'b') },
      { tenant: 'globex', preview: preview('t2', 1) },
    ]);
    expect([shown.schedules, shown.changes, shown.runs, shown.skipped, shown.first.map(({ id }) => id)]).toEqual([4, 2, 4, 0, ['a', 'b']]);
    expect(shown.begin).toEqual([{ tenant: 'acme', token: 't1' }]);
  });
});

describe('targetsOf', () => {
  it('is one of each tenant', () =>
    expect(targetsOf([{ id: 'a', tenant: 'acme' }, { id: 'g', tenant: 'globex' }, { id: 'b', tenant: 'acme' }])).toEqual([
      { tenant: 'acme', filters: {}, ids: ['a', 'b'] },
      { tenant: 'globex', filters: {}, ids: ['g'] },
    ]));
});
