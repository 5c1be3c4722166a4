import { describe, expect, it } from 'vitest';
import { readSearch as readAudit } from '../pages/audit/search';
import { readSearch as readCalendar } from '../pages/calendar/search';
import { readSearch as readLoad } from '../pages/load/search';
import { readSearch as readRuns } from '../pages/runs/search';
import { readSearch as readSchedule } from '../pages/schedule/search';
import { filtersOf, readSearch as readSchedules } from '../pages/schedules/search';

/** As the router does it: what a reader does not answer stays as it stands in the address. */
const merged = (read: (raw: Record<string, unknown>) => object, raw: Record<string, unknown>) => ({ ...raw, ...read(raw) });

describe('an address with something wrong in it', () => {
  it.each([
    ['load', readLoad, { day: 'garbage' }],
    ['load', readLoad, { day: '2026-13-01', at: 'soon' }],
    ['calendar', readCalendar, { day: '1999-99-99', view: 'year', cell: 'x', installId: 3 }],
    ['calendar', readCalendar, { scheduleId: 'without its install' }],
    ['schedule', readSchedule, { at: 'garbage', days: 12 }],
    ['schedules', readSchedules, { failing: 'maybe', enabled: '', paused: 'all', dueWithin: 0, sort: 'colour' }],
    ['runs', readRuns, { state: 'done', reason: 'bad-luck', trigger: '', installId: 'x', within: 'long', from: 'garbage', to: 3 }],
    ['audit', readAudit, { actorKind: 'ghost', outcome: 'done,odd', changed: 'perhaps' }],
  ])('of the page %s is one without it', (_, read, raw) => expect(merged(read, raw)).toEqual({}));

  it('keeps what is right', () => {
    expect(merged(readLoad, { day: '2026-11-29', at: '2026-11-29T10:00Z' })).toEqual({ day: '2026-11-29', at: '2026-11-29T10:00:00.000Z' });
    expect(merged(readCalendar, { view: 'day', day: '2026-02-28', cell: '2026-02-28T05' })).toEqual({ view: 'day', day: '2026-02-28', cell: '2026-02-28T05' });
    expect(merged(readSchedules, { failing: true, dueWithin: 527_040 })).toEqual({ failing: 'true', dueWithin: '527040' });
    expect(merged(readAudit, { outcome: 'refused,denied', changed: true })).toEqual({ outcome: 'refused,denied', changed: 'true' });
  });

  it('asks the server for no filter that the page does not have', () =>
    expect(filtersOf(merged(readSchedules, { from: 'garbage', q: 'co', sort: 'name' }))).toEqual({ q: 'co' }));
});
