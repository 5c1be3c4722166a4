import { describe, expect, it, vi } from 'vitest';
import { isRefused } from './problem';
import { endOf, etagOf } from './seen';
import type { Pause, Schedule } from './types';

vi.mock('../app/places', () => ({ apiRoot: 'http://server.test/' }));

const pause = { layer: 'schedule', since: '2026-11-29T12:00:00Z', by: 'ada' } as Pause;
const schedule = { revision: 3, etag: 'e', pauses: [pause] } as Schedule;

describe('etagOf', () => {
  it('is that of the schedule while it is as the list showed it', () => expect(etagOf({ revision: 3, pauses: [pause] }, schedule)).toBe('e'));
  it('leaves pauses of others out, for which a schedule’s etag does not stand', () =>
    expect(etagOf({ revision: 3, pauses: [{ ...pause, layer: 'tenant' }, pause] }, schedule)).toBe('e'));
  it.each([
    ['was changed', { revision: 2, pauses: [pause] }],
    ['was paused', { revision: 3 }],
    ['was paused anew', { revision: 3, pauses: [{ ...pause, since: '2026-11-29T11:00:00Z' }] }],
  ])('is none when it %s since', (_, seen) => {
    let refused: unknown;
    try {
      etagOf(seen, schedule);
    } catch (error) {
      refused = error;
    }
    expect(isRefused(refused, 'changed-meanwhile')).toBe(true);
  });
});

describe('endOf', () => {
  it('knows its pause by the instant, however finely that is written', async () =>
    expect(await endOf({ ...pause, since: '2026-11-29T12:00:00.0000001Z' }, async () => ({ pause, etag: 'e' }), async () => undefined)).toBeDefined());
  it('ends the pause that was made, as it stands', async () => {
    const end = vi.fn(async () => undefined);
    await (await endOf(pause, async () => ({ pause, etag: 'e' }), end))?.();
    expect(end).toHaveBeenCalledWith('e');
  });
  it.each([
    ['another stands there', async () => ({ pause: { ...pause, since: '2026-11-29T12:00:01Z' }, etag: 'f' })],
    ['it was ended', async () => ({ etag: 'f' })],
    ['it cannot be read', () => Promise.reject(new Error('away'))],
  ])('is nothing where %s', async (_, read) => expect(await endOf(pause, read, async () => undefined)).toBeUndefined());
});
