import { describe, expect, it } from 'vitest';
import type { ListedSchedule, NotRunGroup, Run } from '../../api/types';
import { texts } from '../../texts';
import { groupFailures, groupSelfPaused, heldSince, keptBack, saidOf, tenantsOf } from './failing';

const schedule = (id: string, tenant = 'acme') => ({ id, tenant, extensionId: 'com.acme.sync' }) as ListedSchedule;
const run = (scheduleId: string, versionId: string, reason: string) => ({ id: `${scheduleId}-${versionId}`, scheduleId, versionId, reason }) as Run;

describe('groupFailures', () => {
  it('puts together what one version fails in one way, and that first', () => {
    const failing = [schedule('own'), schedule('a'), schedule('b', 'globex'), schedule('c')];
    const runs = [run('a', '2.0', 'trap'), run('b', '2.0', 'trap'), run('c', '2.0', 'time-out'), run('own', '1.0', 'trap'), run('a', '1.0', 'time-out')];
    const groups = groupFailures(failing, runs);
    expect(groups.map(({ failures }) => failures.map((one) => one.schedule.id))).toEqual([['a', 'b'], ['own'], ['c']]);
    expect(groups[0]?.run?.id).toBe('a-2.0');
    expect(groups.map(tenantsOf)).toEqual([2, 1, 1]);
  });
  it('leaves alone what was too long ago to say how', () => expect(groupFailures([schedule('a'), schedule('b')], [])).toHaveLength(2));
  it('of what paused itself takes a failure for the reason only where it is', () => {
    const by = (id: string, cause: string) => ({ ...schedule(id), pauses: [{ layer: 'schedule', cause }] }) as ListedSchedule;
    const groups = groupSelfPaused([by('a', 'failures'), by('b', 'failures'), by('c', 'endpoint')], ['a', 'b', 'c'].map((id) => run(id, '2.0', 'trap')));
    expect(groups.map(({ failures }) => failures.map((one) => one.schedule.id))).toEqual([['a', 'b'], ['c']]);
    expect(groups[1]?.run).toBeUndefined();
  });
  it('reads as a sentence', () =>
    expect(texts.now.needs.alike(8, texts.now.needs.versionOf('com.acme.sync', '2.0.0'), 'the extension crashed')).toBe(
      '8 schedules of com.acme.sync 2.0.0 fail: the extension crashed',
    ));
});

describe('what was said of a failure', () => {
  it('is the first line of each, once', () => expect(saidOf('no such host\nat sync.js:3', 'no such host', undefined, '')).toEqual(['no such host']));
  it('is cut where it would take the page', () => {
    expect(saidOf('L'.repeat(200))).toEqual(['L'.repeat(200)]);
    expect(saidOf('L'.repeat(4_000))).toEqual([`${'L'.repeat(200)}…`]);
  });
});

describe('what a schedule that paused itself has kept back', () => {
  const held = (id: string, ...pauses: [layer: string, cause: string, since: string][]) => ({
    schedule: { ...schedule(id), pauses: pauses.map(([layer, cause, since]) => ({ layer, cause, since })) } as unknown as ListedSchedule,
    run: undefined,
  });
  const group = (occurrences: number, open: boolean, schedules: number, ...ids: string[]) =>
    ({ verdict: 'paused', occurrences, open, schedules, examples: ids.map((scheduleId) => ({ scheduleId })) }) as unknown as NotRunGroup;
  it('begins with its own pause, not with one that somebody asked for', () => {
    const asked = held('a', ['tenant', 'asked', '2026-11-26T01:00:00Z'], ['schedule', 'failures', '2026-11-26T23:02:00Z']);
    expect(heldSince({ failures: [asked, held('b', ['schedule', 'failures', '2026-11-26T20:00:00Z'])] })).toBe('2026-11-26T20:00:00Z');
    expect(heldSince({ failures: [asked] })).toBe('2026-11-26T23:02:00Z');
    expect(heldSince({ failures: [held('c')] })).toBeUndefined();
  });
  it('is what its pause holds still, and nothing that is of another too', () => {
    const failures = [held('a'), held('b')];
    expect(keptBack({ failures }, [group(10, true, 1, 'a'), group(3, true, 2, 'a', 'b'), group(7, false, 1, 'a'), group(9, true, 2, 'a', 'c')])).toBe(13);
    expect(keptBack({ failures }, [group(90, true, 6, 'a', 'b')])).toBe(0);
  });
  it('reads as a sentence', () => expect(texts.now.needs.keptBack(10)).toBe('Held since {at}; 10 occurrences came due meanwhile and did not run.'));
});
