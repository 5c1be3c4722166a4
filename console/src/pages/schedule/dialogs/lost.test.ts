import { describe, expect, it } from 'vitest';
import { Refused } from '../../../api/problem';
import type { Audit, Schedule } from '../../../api/types';
import { lostFields, lostOf } from './lost';

const current = { cron: '0 8 * * *', timezone: 'Europe/Berlin', policy: { overlap: 'skip' } } as unknown as Schedule;
const refused = (...changed: string[]) => new Refused(412, { type: 'urn:escapement:problem:changed-meanwhile', changed, current });
const entry = (who: string, at: string, field: string, outcome = 'done') =>
  ({ actor: { kind: 'admin', id: who }, at, outcome, changes: [{ field, before: 1, after: 2 }] }) as unknown as Audit;

describe('lostOf', () => {
  it('has what was changed since the dialog opened, however often that was', () => {
    const first = lostOf(refused('cron'), undefined);
    expect(lostOf(refused('timezone', 'cron'), first)).toEqual({ current, fields: ['cron', 'timezone'] });
  });
  it('is nothing of what was refused for another reason', () => expect(lostOf(new Refused(422, {}), undefined)).toBeUndefined());
});

describe('lostFields', () => {
  it('says of each field what it is now, what was typed, and who changed it last', () => {
    const audit = [
      entry('bert', '2026-11-30T10:02:00Z', 'cron', 'refused'),
      entry('anna', '2026-11-30T10:01:00Z', 'cron'),
      entry('carl', '2026-11-30T10:00:00Z', 'cron'),
    ];
    expect(lostFields({ current, fields: ['cron', 'policy.overlap', 'pause'] }, { cron: '0 9 * * *' }, audit)).toEqual([
      { field: 'cron', now: '0 8 * * *', mine: '0 9 * * *', by: { who: 'anna', at: '2026-11-30T10:01:00Z' } },
      { field: 'policy.overlap', now: 'skip' },
      { field: 'pause', now: undefined },
    ]);
  });
});
