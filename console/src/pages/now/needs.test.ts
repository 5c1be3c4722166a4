import { describe, expect, it } from 'vitest';
import type { Lateness, ListedSchedule, NotRun, NotRunGroup, Pause } from '../../api/types';
import { texts } from '../../texts';
import { isMadeUp, isOnPurpose, needing, restOf, shownOf } from './needs';

const schedule = (id: string, failuresInARow: number, cause?: string): ListedSchedule =>
  ({ id, failuresInARow, pauses: cause ? [{ layer: 'schedule', cause }] : [] }) as unknown as ListedSchedule;

describe('needing', () => {
  it('names what paused itself once, and the rest by how long it has failed', () => {
    const [own, one, many] = [schedule('own', 20, 'failures'), schedule('one', 1), schedule('many', 14)];
    const found = needing([one, own, many], [own]);
    expect(found.selfPaused.map(({ id }) => id)).toEqual(['own']);
    expect(found.failing.map(({ id }) => id)).toEqual(['many', 'one']);
  });
  it('leaves what somebody paused to them', () => expect(needing([], [schedule('a', 0, 'asked')]).selfPaused).toEqual([]));
});

describe('shownOf', () => {
  it('leaves a cause of one schedule to that schedule, when it paused itself', () => {
    const group = (schedules: number, scheduleId: string, verdict = 'missed') => ({ schedules, examples: [{ scheduleId }], verdict }) as NotRunGroup;
    const [own, shared, other] = [group(1, 'own'), group(2, 'own'), group(1, 'other')];
    expect(shownOf([own, shared, other], [schedule('own', 3, 'failures')], [])).toEqual([shared, other]);
    const [fails, many, past] = [group(1, 'fails', 'failed'), group(2, 'fails', 'failed'), group(1, 'past', 'failed')];
    expect(shownOf([fails, many, past], [], [schedule('fails', 3)])).toEqual([many, past]);
    expect(shownOf([group(1, 'fails')], [], [schedule('fails', 3)])).toHaveLength(1);
    const both = { schedules: 2, examples: [{ scheduleId: 'fails' }, { scheduleId: 'too' }], verdict: 'failed' } as NotRunGroup;
    expect(shownOf([both], [], [schedule('fails', 3), schedule('too', 1)])).toEqual([]);
    expect(shownOf([both], [], [schedule('fails', 3)])).toEqual([both]);
  });
  it.each([[3, 3, true], [2, 3, false]])('%d made up of %d', (madeUp, occurrences, is) => expect(isMadeUp({ madeUp, occurrences })).toBe(is));
});

describe('isOnPurpose', () => {
  const group = (verdict: string, ...causes: [code: string, cause?: string][]) =>
    ({ verdict, causes: causes.map(([code, cause]) => ({ code, parameters: cause ? { cause } : {} })) }) as unknown as NotRunGroup;
  it('is what somebody paused, whether it holds still or was resumed, and what an admin skipped', () => {
    expect(isOnPurpose(group('paused', ['pause', 'asked']))).toBe(true);
    expect(isOnPurpose(group('paused', ['pause', 'asked'], ['pause', 'asked']))).toBe(true);
    expect(isOnPurpose(group('skipped', ['skipped-by-admin']))).toBe(true);
  });
  it('is nothing that nobody wished', () => {
    expect(isOnPurpose(group('paused', ['pause', 'failures']))).toBe(false);
    expect(isOnPurpose(group('paused', ['pause', 'asked'], ['pause', 'endpoint-gone']))).toBe(false);
    expect(isOnPurpose(group('skipped', ['overlap']))).toBe(false);
    expect(isOnPurpose(group('missed', ['superseded'], ['outage']))).toBe(false);
    expect(isOnPurpose(group('paused', ['paused']))).toBe(false);
  });
});

describe('restOf', () => {
  const notRun = { held: 0, heldLookedAt: 0 } as NotRun;
  const pause = { layer: 'tenant' } as Pause;
  const by = (layer: string) => [{ pauses: [{ layer, cause: 'asked' }] }] as unknown as ListedSchedule[];
  const late = (takesWork: boolean, oldestWaitingAt?: string) => ({ takesWork, oldestWaitingAt, to: '2026-11-29T12:00:00Z' }) as Lateness;
  const punctual = late(true);
  const waits = '2026-11-29T11:56:00Z';
  it('says that all runs only where all was looked at', () => {
    expect(restOf(false, { items: by('schedule') }, {}, notRun, punctual)).toBe('runs');
    expect(restOf(false, { items: [] }, undefined, notRun, punctual)).toBe('unknown');
    expect(restOf(true, { items: [] }, {}, undefined, punctual)).toBe('unknown');
    expect(restOf(false, { items: [], nextCursor: 'c' }, {}, notRun, punctual)).toBe('unknown');
    expect(restOf(false, { items: [] }, {}, { ...notRun, nextCursor: 'c' }, punctual)).toBe('unknown');
    expect(restOf(false, { items: [] }, {}, { ...notRun, held: 2, heldLookedAt: 1 }, punctual)).toBe('unknown');
    expect(restOf(false, { items: [] }, {}, notRun, undefined)).toBe('unknown');
  });
  it('says paused for the pause of the tenant and of the host, and for all tenants of the host alone', () => {
    expect(restOf(false, { items: [] }, { pause }, notRun, punctual)).toBe('paused');
    expect(restOf(false, { items: by('host') }, {}, notRun, punctual)).toBe('paused');
    expect(restOf(true, { items: by('host') }, {}, undefined, punctual)).toBe('paused');
    expect(restOf(true, { items: by('tenant') }, {}, undefined, punctual)).toBe('unknown');
    expect(restOf(true, { items: by('tenant') }, {}, notRun, punctual)).toBe('unknown');
    expect(restOf(true, { items: by('schedule') }, {}, notRun, punctual)).toBe('runs');
  });
  it('says that no node takes work above all else, and that what is due waits where no pause holds it', () => {
    expect(restOf(false, { items: [] }, {}, notRun, late(false))).toBe('idle');
    expect(restOf(false, { items: [] }, { pause }, notRun, late(false, waits))).toBe('idle');
    expect(restOf(false, { items: [] }, {}, notRun, late(true, waits))).toBe('late');
    expect(restOf(false, { items: [] }, { pause }, notRun, late(true, waits))).toBe('paused');
  });
  it('reads as a headline', () => {
    expect(texts.now.headline(3, 'paused')).toBe('Three things need you. All is paused.');
    expect(texts.now.headline(1, 'idle')).toBe('No node takes work: nothing fires until one does.');
    expect(texts.now.headline(7, 'idle')).toBe('Seven things need you. No node takes work: nothing fires until one does.');
    expect(texts.now.headline(2, 'late')).toBe('Two things need you. What is due does not start in time.');
  });
});
