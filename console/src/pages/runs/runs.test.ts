import { describe, expect, it } from 'vitest';
import type { Run } from '../../api/types';
import { texts } from '../../texts';
import { endedOf, filtersOf, isOpen, readSearch } from './search';
import { fromOf, isWanted, longestFirst } from './wanted';

const id = '01a22764-170a-7000-abdb-5309c96a0e38';
const run = (more: Partial<Run>) => ({ id: 'r', state: 'running', dueAt: '2026-03-02T09:00:00Z', trigger: 'schedule', earlierAttempts: [], ...more }) as Run;

describe('readSearch', () => {
  it('reads the filters of an address', () =>
    expect(readSearch({ state: 'failed,missed', reason: 'trap', within: 60, versionId: id, from: '2026-03-02T09:00Z' })).toEqual({
      state: 'failed,missed',
      reason: 'trap',
      within: '60',
      versionId: id,
      from: '2026-03-02T09:00:00.000Z',
    }));
  it('leaves out what is none', () =>
    expect(readSearch({ state: 'failed,odd', reason: 'bad-luck', trigger: 'cron', installId: 'x', within: 0, from: 'yesterday', cursor: 'c' })).toEqual({}));
});

describe('filtersOf', () => {
  it('has no install and no schedule of all tenants', () => {
    const search = readSearch({ state: 'failed', installId: id, scheduleId: id, versionId: id });
    expect(filtersOf(search, true)).toEqual({ state: 'failed', versionId: id });
    expect(Object.keys(filtersOf(search, false))).toEqual(['state', 'installId', 'scheduleId', 'versionId']);
  });
});

describe('isOpen', () => {
  it.each([
    ['running', true, ''],
    ['running,queued', true, ''],
    ['running,failed', false, 'failed'],
    [undefined, false, undefined],
  ])('of %s is %s', (state, is, ended) => expect([isOpen({ state }), endedOf({ state })]).toEqual([is, ended]));
});

describe('isWanted', () => {
  it.each([
    [{ state: 'running,queued' }, true],
    [{ state: 'queued' }, false],
    [{ trigger: 'backfill,schedule' }, true],
    [{ reason: 'trap' }, false],
    [{ from: '2026-03-02T09:00:00Z', to: '2026-03-02T09:00:01Z' }, true],
    [{ to: '2026-03-02T09:00:00Z' }, false],
    [{ from: '2026-03-02T09:00:01Z' }, false],
  ])('by %j is %s', (filters, is) => expect(isWanted(run({}), filters)).toBe(is));
});

describe('fromOf', () => {
  it('is the later of two beginnings', () => {
    const at = Date.parse('2026-03-02T09:00:00Z');
    expect(fromOf({ within: '60' }, at)).toBe('2026-03-02T08:00:00.000Z');
    expect(fromOf({ within: '60', from: '2026-03-02T08:30:00.000Z' }, at)).toBe('2026-03-02T08:30:00.000Z');
    expect(fromOf({}, at)).toBeUndefined();
  });
});

describe('longestFirst', () => {
  it('has what runs before what waits, and what began first before the rest', () => {
    const runs = [
      run({ id: 'waits', state: 'queued', dueAt: '2026-03-02T07:00:00Z' }),
      run({ id: 'short', startedAt: '2026-03-02T09:00:50Z' }),
      run({ id: 'long', startedAt: '2026-03-02T09:00:10Z' }),
    ];
    expect(longestFirst(runs).map((one) => one.id)).toEqual(['long', 'short', 'waits']);
  });
});

describe('the chip of the outcomes', () => {
  it.each([
    ['failed', 'outcome: failed'],
    ['running,queued', 'outcome: open'],
    ['failed,missed', 'outcome: failed and missed'],
  ])('of %s is %s', (states, chip) => expect(texts.runs.filters.state.chip(states, texts.runs.filters.state.known[states])).toBe(chip));
});
