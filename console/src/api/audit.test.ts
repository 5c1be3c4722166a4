import { describe, expect, it, vi } from 'vitest';
import { isOf, occurrenceOf, thingsOf, undoOf } from './audit';
import type { Audit } from './types';

const made = { target: 's', by: 'ada', fields: ['cron'], after: '2026-11-29T12:00:00Z' };
const entry: Audit = {
  id: '1',
  at: '2026-11-29T12:00:01Z',
  actor: { kind: 'admin', id: 'ada' },
  action: 'schedule.update',
  target: 's',
  outcome: 'done',
  changes: [{ field: 'cron' }],
};

vi.mock('../app/places', () => ({ apiRoot: 'http://server.test/' }));
// The client keeps the fetch that it finds when it is loaded.
const server = vi.hoisted(() => {
  const made = { answer: (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch')) };
  globalThis.fetch = () => made.answer();
  return made;
});

describe('thingsOf', () => {
  it('is the target, and each occurrence that was skipped or taken back', () => {
    expect(thingsOf(entry)).toEqual(['s']);
    const skip = { target: 's', changes: [{ field: 'skips.2026-11-30T06:00:00Z' }] };
    expect(thingsOf(skip)).toEqual(['s', occurrenceOf('s', '2026-11-30T06:00:00.000Z')]);
    expect(thingsOf({})).toEqual([]);
  });
});

describe('isOf', () => {
  it('finds the change that was just made', () => expect(isOf(made, entry)).toBe(true));
  it('finds one of the host, which names nothing', () => {
    const { target: _, ...ofHost } = entry;
    expect(isOf({ ...made, target: undefined }, ofHost)).toBe(true);
    expect(isOf({ ...made, target: undefined }, entry)).toBe(false);
  });
  it('takes the skips along that went with other times', () =>
    expect(isOf(made, { ...entry, changes: [{ field: 'cron' }, { field: 'skips.2026-11-30T06:00:00Z' }] })).toBe(true));
  it.each([
    ['an older one', { at: '2026-11-29T12:00:00Z' }],
    ['a colleague’s', { actor: { kind: 'admin', id: 'bob' } }],
    ['an extension’s of the same name', { actor: { kind: 'extension', id: 'ada' } }],
    ['one that was refused', { outcome: 'refused' }],
    ['one of another schedule', { target: 't' }],
    ['one of other fields', { changes: [{ field: 'cron' }, { field: 'name' }] }],
    ['one of none of the fields', { changes: [{ field: 'skips.2026-11-30T06:00:00Z' }] }],
    ['one without changes', { changes: null }],
  ])('leaves %s alone', (_, other) => expect(isOf(made, { ...entry, ...other })).toBe(false));
});

describe('undoOf', () => {
  it('is nothing where the audit cannot be read: what was saved is no failure for that', async () => {
    await expect(undoOf('t', made)).resolves.toBeUndefined();
  });
  it('is nothing where a colleague’s change is all that there is', async () => {
    server.answer = async () => Response.json({ items: [{ ...entry, actor: { kind: 'admin', id: 'bob' } }] });
    await expect(undoOf('t', made)).resolves.toBeUndefined();
  });
  it('is there where one’s own change is', async () => {
    server.answer = async () => Response.json({ items: [entry] });
    await expect(undoOf('t', made)).resolves.toBeInstanceOf(Function);
  });
});
