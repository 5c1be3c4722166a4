import { describe, expect, it } from 'vitest';
import type { Audit } from '../../api/types';
import { folded, isTogether, partOf, togetherWith } from './together';

const bulk = (id: string, tenant: string, second: number, detail = 'Pause of 3 schedules: move'): Audit => ({
  id,
  tenant,
  at: new Date(Date.UTC(2026, 10, 29, 10, 0, second)).toISOString(),
  actor: { kind: 'admin', id: 'lead' },
  action: 'tenant.bulk',
  outcome: 'done',
  detail,
});
const one = bulk('1', 'acme', 0);

describe('isTogether', () => {
  it('holds within a minute, of however many schedules each is', () =>
    expect(isTogether(one, bulk('2', 'globex', 60, 'Pause of 1 schedule: move'))).toBe(true));
  it.each([
    ['later than that', { at: bulk('2', 'globex', 61).at }],
    ['another’s', { actor: { kind: 'admin', id: 'ops' } }],
    ['one in other words', { detail: 'Pause of 3 schedules: other' }],
    ['one that was refused', { outcome: 'refused' }],
    ['its undo', { action: 'tenant.bulk-undo' }],
  ])('leaves %s alone', (_, other) => expect(isTogether(one, { ...bulk('2', 'globex', 1), ...other })).toBe(false));
});

describe('partOf', () => {
  const id = '01a22c67-fb1e-7000-8000-000000000001';
  it('knows of which change of many an entry is a part, and its note', () => {
    expect(partOf({ detail: `with many, ${id}: move\nof it` })).toEqual({ id, note: 'move\nof it' });
    expect(partOf({ detail: `with many, ${id}` })).toEqual({ id, note: '' });
  });
  it.each([null, 'with many, and more', 'Pause of 3 schedules: move'])('of %s is none', (detail) => expect(partOf({ detail })).toBeUndefined());
});

describe('togetherWith', () => {
  it('has one of each tenant, that next to it, by tenant', () => {
    const among = [bulk('5', 'globex', 40), bulk('4', 'zeta', 3), bulk('3', 'globex', 2), bulk('2', 'acme', 30), one];
    expect(togetherWith(one, among).map(({ id }) => id)).toEqual(['1', '3', '4']);
    expect(togetherWith(one, []).map(({ id }) => id)).toEqual(['1']);
  });
});

describe('folded', () => {
  it('has the first for all that were begun together, whatever stands between them', () => {
    const pause: Audit = { ...one, id: '2', action: 'schedule.pause' };
    const rows = folded([bulk('4', 'zeta', 3), bulk('3', 'globex', 2), pause, one, bulk('0', 'acme', -300)]);
    expect(rows.map(({ id, tenants }) => [id, tenants])).toEqual([
      ['4', 3],
      ['2', undefined],
      ['0', undefined],
    ]);
  });
  it('is the very rows where there are none', () => {
    const rows = [one, bulk('0', 'acme', -1)];
    expect(folded(rows)).toBe(rows);
  });
});
