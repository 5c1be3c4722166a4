import { describe, expect, it } from 'vitest';
import type { Bulk, BulkPreview } from '../../api/types';
import { addedUp, groupsOf, shownOf, takenBackBy, targetsOf } from './bulk-shown';

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

describe('groupsOf', () => {
  it('has together what was begun together', () => {
    const [a, b, c] = [{ tenant: 'acme', id: '1', group: '1' }, { tenant: 'acme', id: '2', group: '2' }, { tenant: 'globex', id: '3', group: '1' }] as const;
    expect(groupsOf([a, b, c])).toEqual([[a, c], [b]]);
  });
});

describe('addedUp', () => {
  const bulk = (state: string, total: number, done: number, leftOut: number) => ({ action: 'pause', state, total, done, leftOut }) as Bulk;
  it.each([
    [['done', 'running', 'cancelled'], 'running'],
    [['done', 'cancelled'], 'cancelled'],
    [['done', 'done'], 'done'],
  ])('of %j it is %s', (states, state) => expect(addedUp(states.map((one) => bulk(one, 3, 1, 1)))?.state).toBe(state));
  it('counts all of them', () => expect(addedUp([bulk('done', 3, 2, 1), bulk('running', 4, 1, 0)])).toMatchObject({ total: 7, done: 3, leftOut: 1 }));
  it('is nothing of none', () => expect(addedUp([])).toBeUndefined());
});

describe('takenBackBy', () => {
  const last = (undoes?: string) => ({ by: 'mira', ...(undoes ? { undoes } : {}) });
  it('is who took all of it back', () => expect(takenBackBy(['a', 'b'], [last('b'), last('a')])).toBe('mira'));
  it('is nobody where a part of it stands, or that is not known', () => {
    expect(takenBackBy(['a', 'b'], [last('a'), last()])).toBeUndefined();
    expect(takenBackBy(['a', 'b'], [last('a')])).toBeUndefined();
    expect(takenBackBy(['a'], [])).toBeUndefined();
  });
});
