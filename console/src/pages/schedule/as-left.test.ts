import { describe, expect, it } from 'vitest';
import type { Audit, FieldChange } from '../../api/types';
import { isAsLeft } from './as-left';

const entry = (id: string, changes: FieldChange[], outcome = 'done'): Audit => ({
  id,
  at: '2026-11-29T10:00:00.000Z',
  actor: { kind: 'admin', id: 'mira' },
  action: 'schedule.update',
  outcome,
  changes,
});
const renamed = entry('1', [{ field: 'name', before: 'a', after: 'b' }]);

describe('isAsLeft', () => {
  it('holds of the newest change of its fields, whatever else was changed since', () =>
    expect(isAsLeft(renamed, [entry('2', [{ field: 'cron', before: '0 1 * * *', after: '0 2 * * *' }]), renamed])).toBe(true));
  it('does not hold once a field was changed again', () =>
    expect(isAsLeft(renamed, [entry('2', [{ field: 'name', before: 'b', after: 'c' }]), renamed])).toBe(false));
  it('holds when the field came back, and of a refused change nothing counts', () => {
    const back = [entry('3', [{ field: 'name', before: 'c', after: 'b' }]), entry('2', [{ field: 'name', before: 'b', after: 'c' }]), renamed];
    expect(isAsLeft(renamed, back)).toBe(true);
    expect(isAsLeft(renamed, [entry('2', [{ field: 'name', before: 'b', after: 'c' }], 'refused'), renamed])).toBe(true);
  });
  it('tells a field that went from one that is there', () =>
    expect(isAsLeft(entry('1', [{ field: 'pause', after: { note: 'x' } }]), [entry('2', [{ field: 'pause', before: { note: 'x' } }])])).toBe(false));
});
