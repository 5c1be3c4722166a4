import { describe, expect, it } from 'vitest';
import type { ListedSchedule, NotRun, NotRunGroup, Pause } from '../../api/types';
import { texts } from '../../texts';
import { isMadeUp, needing, restOf, shownOf } from './needs';

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
  });
  it.each([[3, 3, true], [2, 3, false]])('%d made up of %d', (madeUp, occurrences, is) => expect(isMadeUp({ madeUp, occurrences })).toBe(is));
});

describe('restOf', () => {
  const notRun = { held: 0, heldLookedAt: 0 } as NotRun;
  const pause = { layer: 'tenant' } as Pause;
  const by = (layer: string) => [{ pauses: [{ layer, cause: 'asked' }] }] as unknown as ListedSchedule[];
  it('says that all runs only where all was looked at', () => {
    expect(restOf(false, { items: by('schedule') }, {}, notRun)).toBe('runs');
    expect(restOf(false, { items: [] }, undefined, notRun)).toBe('unknown');
    expect(restOf(true, { items: [] }, {}, undefined)).toBe('unknown');
    expect(restOf(false, { items: [], nextCursor: 'c' }, {}, notRun)).toBe('unknown');
    expect(restOf(false, { items: [] }, {}, { ...notRun, nextCursor: 'c' })).toBe('unknown');
    expect(restOf(false, { items: [] }, {}, { ...notRun, held: 2, heldLookedAt: 1 })).toBe('unknown');
  });
  it('says paused for the pause of the tenant and of the host, and for all tenants of the host alone', () => {
    expect(restOf(false, { items: [] }, { pause }, notRun)).toBe('paused');
    expect(restOf(false, { items: by('host') }, {}, notRun)).toBe('paused');
    expect(restOf(true, { items: by('host') }, {}, undefined)).toBe('paused');
    expect(restOf(true, { items: by('tenant') }, {}, undefined)).toBe('unknown');
  });
  it('reads as a headline', () =>
    expect(texts.now.headline(3, 'paused')).toBe('Three things need you. All is paused.'));
});
