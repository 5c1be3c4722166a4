import { describe, expect, it } from 'vitest';
import { latestOf, shownAfter } from './span';

const opened = Date.parse('2026-11-30T06:25:30Z');
const text = (at: number) => new Date(at).toISOString().slice(0, 16);
const after = (...picks: (string | undefined)[]) =>
  picks.reduce<ReturnType<typeof shownAfter> | undefined>((old, picked) => shownAfter(old, opened, 1, picked), undefined);

describe('the time that the picture shows', () => {
  it('goes up to now, and stays so while what is asked about lies on it', () => {
    const first = shownAfter(undefined, opened, 1, undefined);
    expect([text(first.from), first.latest]).toEqual(['2026-11-29T06:25', true]);
    expect(after(undefined, '2026-11-30T01:00:00Z')).toMatchObject({ from: first.from, to: first.to, latest: true });
  });
  it('moves to an instant that lies beside it, which has as much before it as behind it', () => {
    const moved = after(undefined, '2026-11-27T03:00:00Z');
    expect([text(moved?.from ?? 0), text(moved?.to ?? 0), moved?.latest]).toEqual(['2026-11-26T15:00', '2026-11-27T15:00', false]);
    const ahead = after('2026-12-24T03:00:00Z');
    expect([text(ahead?.from ?? 0), text(ahead?.to ?? 0)]).toEqual(['2026-12-23T15:00', '2026-12-24T15:00']);
  });
  it('stays where it was moved to while one step follows another, and comes back', () => {
    const [far, near] = ['2026-11-27T03:00:00Z', '2026-11-27T03:15:00Z'];
    expect(after(undefined, far, near)?.from).toBe(after(undefined, far)?.from);
    expect(after(undefined, far, '2026-11-30T03:00:00Z')?.latest).toBe(true);
  });
  it('has the instant on it also when another length is chosen', () => {
    const longer = shownAfter(after(undefined, '2026-11-27T03:00:00Z'), opened, 7, '2026-11-27T03:00:00Z');
    expect(longer).toMatchObject({ latest: true, days: 7 });
    expect(shownAfter(longer, opened, 1, '2026-11-27T03:00:00Z').latest).toBe(false);
  });
  it('goes up to now when that is asked for, though the instant is not on it then', () => {
    const back = latestOf(opened, 1, '2026-11-27T03:00:00Z');
    expect(shownAfter(back, opened, 1, '2026-11-27T03:00:00Z')).toBe(back);
  });
});
