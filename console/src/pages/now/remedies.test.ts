import { describe, expect, it } from 'vitest';
import type { NotRunGroup } from '../../api/types';
import { cellOf, elsewhereFor, fillingOf, isRerunByFilling, listOf, pressedFor } from './remedies';

const admin = { change: true, operate: false };
const span = { first: '2026-11-29T00:40:00Z', last: '2026-11-29T05:10:00Z' };
const group = (schedules: number, occurrences: number, actions: string[], more: Partial<NotRunGroup> = {}) =>
  ({ schedules, occurrences, actions, causes: [], verdict: 'missed', ...span, ...more }) as unknown as NotRunGroup;

describe('remedies of a cause', () => {
  it('are those of Why where it is of one schedule, and what lies above where it is of several', () => {
    expect(pressedFor(group(1, 58, ['backfill', 'run-now']), admin)).toEqual(['backfill', 'run-now']);
    expect(pressedFor(group(4, 58, ['backfill', 'run-now']), admin)).toEqual([]);
    expect(pressedFor(group(4, 58, ['resume-tenant']), admin)).toEqual(['resume-tenant']);
    expect(pressedFor(group(1, 58, ['backfill', 'run-now']), { change: false, operate: false })).toEqual([]);
  });
  it('fill in the time of the cause', () => {
    expect(fillingOf(group(1, 58, []))).toEqual({ from: '2026-11-29T00:40:00Z', to: '2026-11-29T05:10:00Z', which: 'missing' });
    expect(fillingOf(group(1, 2, [], { verdict: 'failed' })).which).toBe('failed');
  });
  it('run one again by itself, and several by filling in', () => {
    expect(pressedFor(group(1, 1, ['see-run', 'rerun'], { verdict: 'failed' }), admin)).toEqual(['rerun']);
    expect(pressedFor(group(1, 2, ['see-run', 'rerun'], { verdict: 'failed' }), admin)).toEqual([]);
    expect([group(1, 1, ['rerun']), group(1, 2, ['rerun']), group(2, 2, ['rerun'])].map(isRerunByFilling)).toEqual([false, true, false]);
  });
  it('stand on the calendar where the cause begins', () => {
    const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 40).toISOString();
    expect(cellOf({ first: at(9, 0), last: at(9, 5) })).toMatchObject({ view: 'day', day: '2026-11-09', cell: '2026-11-09T00' });
    expect(cellOf({ first: at(9, 22), last: at(10, 5) })).toMatchObject({ view: 'week', day: '2026-11-09', cell: '2026-11-09T22' });
  });
  it('of several are where they can be seen one by one', () => {
    expect(elsewhereFor(group(4, 58, ['backfill', 'run-now']))).toBe('calendar');
    expect(elsewhereFor(group(4, 58, ['see-run', 'rerun']))).toBeUndefined();
    expect(elsewhereFor(group(4, 58, ['enable-schedule']))).toBe('schedules');
    expect(elsewhereFor(group(4, 58, ['enable-install']))).toBe('installs');
    expect(elsewhereFor(group(4, 58, ['resume-tenant']))).toBeUndefined();
    expect(elsewhereFor(group(1, 58, ['backfill']))).toBeUndefined();
  });
});

describe('the list of a cause', () => {
  const by = (verdict: string, open: boolean, code: string, parameters: Record<string, string> = {}) =>
    listOf(group(20, 58, [], { verdict, open, causes: [{ code, parameters }] } as unknown as Partial<NotRunGroup>));
  it('is what the ledger has of it, by its reason where that is one', () => {
    expect(by('missed', false, 'superseded')).toEqual({ of: 'runs', search: { state: 'missed', from: span.first, reason: 'superseded' } });
    expect(by('missed', false, 'outage')).toEqual({ of: 'runs', search: { state: 'missed', from: span.first } });
    expect(by('paused', false, 'pause', { layer: 'tenant' })).toEqual({ of: 'runs', search: { state: 'skipped', from: span.first, reason: 'paused' } });
  });
  it('is of schedules where a pause holds them still', () =>
    expect(by('paused', true, 'pause', { layer: 'install' })).toEqual({ of: 'schedules', search: { paused: 'install' } }));
  it('is nowhere for what is no row', () => expect(by('queued', true, 'unclaimed')).toBeUndefined());
});
