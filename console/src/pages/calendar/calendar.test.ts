import { describe, expect, it } from 'vitest';
import type { Forecast, Run } from '../../api/types';
import { moved } from '../../parts/grid/move';
import { texts } from '../../texts';
import { cellsOf, countsOf, isSpread, listed, sumOf } from './cells';
import { isMadeUp, madeUpOf } from './made-up';
import { daysOf, hourIn, instantsOf, isDay, placeOf, plus, stepped } from './dates';

describe('the days of a view', () => {
  it('are whole weeks from Monday on', () => {
    const november = daysOf('month', '2026-11-29');
    expect([november[0], november.at(-1), november.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    expect(daysOf('month', '2027-02-14')).toHaveLength(28);
    expect(daysOf('week', '2026-11-29')).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']);
  });
  it('go one on, and keep to the month where days are fewer', () => {
    expect(stepped('month', '2026-01-31', 1)).toBe('2026-02-28');
    expect(stepped('month', '2026-01-31', -1)).toBe('2025-12-31');
    expect(stepped('week', '2026-11-29', 1)).toBe('2026-12-06');
    expect(plus('2026-02-28', 1)).toBe('2026-03-01');
  });
  it('begin and end on the clocks of a zone, also where those change', () => {
    expect(instantsOf(['2026-10-25'], 'Europe/Berlin')).toEqual({ from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z' });
  });
  it('are days', () => {
    expect(isDay('2026-11-29')).toBe(true);
    expect(isDay('2026-02-30')).toBe(false);
    expect(isDay('today')).toBe(false);
  });
});

describe('what a cell holds', () => {
  const run = (dueAt: string, state: string, more: Partial<Run> = {}) => ({ id: dueAt + state, dueAt, state, ...more }) as Run;
  const share = (cron: string, occurrences: number) => ({
    cron,
    timeZone: 'UTC',
    schedules: 1,
    occurrences,
    first: { tenant: 't', installId: 'i', scheduleId: 's' },
  });
  it('is by day and hour of the zone', () => {
    expect(placeOf('2026-11-28T23:30:00Z', 'Europe/Berlin')).toEqual({ day: '2026-11-29', hour: 0 });
  });
  it('counts occurrences in the ledger’s own words, the worst first', () => {
    const cells = cellsOf(
      [
        run('2026-11-29T10:00:00Z', 'succeeded'),
        run('2026-11-29T11:00:00Z', 'missed', { missed: { count: 12, from: '2026-11-29T11:00:00Z', to: '2026-11-29T12:50:00Z' } }),
        run('2026-11-29T12:00:00Z', 'skipped', { reason: 'paused' }),
        run('2026-11-28T12:00:00Z', 'failed'),
      ],
      undefined,
      'UTC',
      false,
    );
    expect(countsOf(cells.get('2026-11-29') ?? { runs: [], counts: {}, madeUp: 0, future: 0, shares: [] })).toEqual([
      { outcome: 'missed', count: 12 },
      { outcome: 'skipped', count: 1 },
      { outcome: 'succeeded', count: 1 },
    ]);
    expect(cells.get('2026-11-28')?.counts).toEqual({ failed: 1 });
  });
  it('has of an outage the occurrences that fell into it, and of the days around it theirs', () => {
    const outage = run('2026-11-28T22:00:00Z', 'missed', { missed: { count: 25, from: '2026-11-28T22:00:00Z', to: '2026-11-29T02:00:00Z' } });
    const counts = (byHour: boolean) => [...cellsOf([outage], undefined, 'UTC', byHour)].map(([key, cell]) => [key, cell.counts.missed, cell.runs.length]);
    expect(counts(true)).toEqual([
      ['2026-11-28T22', 6, 1],
      ['2026-11-28T23', 6, 1],
      ['2026-11-29T00', 6, 1],
      ['2026-11-29T01', 6, 1],
      ['2026-11-29T02', 1, 1],
    ]);
    expect(counts(false)).toEqual([
      ['2026-11-28', 12, 1],
      ['2026-11-29', 13, 1],
    ]);
    const daily = run('2026-11-26T09:00:00Z', 'skipped', { reason: 'paused', missed: { count: 3, from: '2026-11-26T09:00:00Z', to: '2026-11-28T09:00:00Z' } });
    expect([...cellsOf([daily], undefined, 'UTC', true)].map(([key, cell]) => [key, cell.counts.skipped])).toEqual([
      ['2026-11-26T09', 1],
      ['2026-11-27T09', 1],
      ['2026-11-28T09', 1],
    ]);
    expect([daily, run('2026-11-29T10:00:00Z', 'failed')].map(isSpread)).toEqual([true, false]);
  });
  it('is listed from the worst on, and each outcome in the order of its times', () => {
    const [kept, ran] = [run('2026-11-29T15:05:00Z', 'skipped', { reason: 'paused' }), run('2026-11-29T15:00:00Z', 'succeeded')];
    const runs = [ran, kept, run('2026-11-29T15:30:00Z', 'failed'), run('2026-11-29T15:20:00Z', 'failed')];
    const times = (most: number) => listed(runs, most).map(({ dueAt }) => dueAt.slice(11, 16));
    expect(times(4)).toEqual(['15:20', '15:30', '15:05', '15:00']);
    expect(times(3)).toEqual(['15:20', '15:30', '15:05']);
  });
  it('is summed up in a headline that knows of what was skipped', () => {
    const said = (...runs: Run[]) => texts.calendar.headline(sumOf([...cellsOf(runs, undefined, 'UTC', false).values()]), 'Sunday');
    const [ran, skipped, failed] = [run('2026-11-29T10:00:00Z', 'succeeded'), run('2026-11-29T11:00:00Z', 'skipped'), run('2026-11-29T12:00:00Z', 'failed')];
    expect(said(ran)).toBe('Sunday: all that was due ran');
    expect(said(ran, skipped)).toBe('Sunday: 1 occurrence was skipped');
    expect(said(ran, failed)).toBe('Sunday: 1 occurrence did not go well');
    expect(said(ran, skipped, failed)).toBe('Sunday: 1 occurrence did not go well, 1 skipped');
    expect(said()).toBe('Sunday: nothing was due');
  });
  it('counts what was made up for apart, and has it last', () => {
    const finishedAt = '2026-11-29T12:00:00Z';
    const made = { ...run('2026-11-29T10:00:00Z', 'missed'), scheduleId: 's', finishedAt };
    const partly = {
      ...run('2026-11-29T11:00:00Z', 'missed', { missed: { count: 4, from: '2026-11-29T11:00:00Z', to: '2026-11-29T11:30:00Z' } }),
      scheduleId: 's',
      finishedAt,
    };
    const other = { ...run('2026-11-29T10:00:00Z', 'skipped'), scheduleId: 'other' };
    const repeat = (occurrence: string) => ({ scheduleId: 's', occurrence }) as Run;
    const repeats = ['2026-11-29T10:00:00Z', '2026-11-29T10:00:00Z', '2026-11-29T11:00:00Z', '2026-11-29T11:10:00Z'].map(repeat);
    const open = { ...run('2026-11-29T10:00:00Z', 'running'), scheduleId: 's' };
    const runs = [made, partly, other];
    expect(madeUpOf([open], repeats).size).toBe(0);
    const madeUp = madeUpOf(runs, repeats);
    expect(runs.map((one) => [madeUp.get(one.id), isMadeUp(one, madeUp)])).toEqual([[1, true], [2, false], [undefined, false]]);
    const cells = [...cellsOf(runs, undefined, 'UTC', false, madeUp).values()];
    expect(sumOf(cells)).toMatchObject({ bad: 2, skipped: 1, madeUp: 3, all: 6 });
    expect(cells[0]?.counts).toEqual({ missed: 2, skipped: 1 });
    expect(listed(runs, 3, madeUp)).toEqual([partly, other, made]);
  });
  it('loses none of very many', () => {
    const many = run('2026-11-01T00:00:00Z', 'missed', { missed: { count: 43_210, from: '2026-11-01T00:00:00Z', to: '2026-11-30T00:00:00Z' } });
    expect([...cellsOf([many], undefined, 'UTC', true).values()].reduce((sum, cell) => sum + (cell.counts.missed ?? 0), 0)).toBe(43_210);
  });
  it('adds up what is to come and where it comes from', () => {
    const forecast = {
      buckets: [
        { at: '2026-11-29T14:00:00Z', occurrences: 5, top: [share('0 * * * *', 3), share('5 * * * *', 2)] },
        { at: '2026-11-29T15:00:00Z', occurrences: 4, top: [share('5 * * * *', 4)] },
        { at: '2026-11-29T16:00:00Z', occurrences: 0, top: [] },
      ],
    } as unknown as Forecast;
    const day = cellsOf([], forecast, 'UTC', false).get('2026-11-29');
    expect(day?.future).toBe(9);
    expect(day?.shares.map(({ cron, occurrences }) => [cron, occurrences])).toEqual([
      ['5 * * * *', 6],
      ['0 * * * *', 3],
    ]);
    expect([...cellsOf([], forecast, 'UTC', true).keys()]).toEqual(['2026-11-29T14', '2026-11-29T15']);
  });
});

describe('keys in a grid', () => {
  it('move within it and over the ends of rows', () => {
    expect(moved('ArrowRight', false, { row: 0, column: 6 }, 2, 7)).toEqual({ row: 1, column: 0 });
    expect(moved('ArrowLeft', false, { row: 1, column: 0 }, 2, 7)).toEqual({ row: 0, column: 6 });
    expect(moved('ArrowDown', false, { row: 1, column: 3 }, 2, 7)).toEqual({ row: 1, column: 3 });
    expect(moved('End', true, { row: 0, column: 0 }, 2, 7)).toEqual({ row: 1, column: 6 });
    expect(moved('a', false, { row: 0, column: 0 }, 2, 7)).toBeUndefined();
  });
});

describe('the hour of a forecast behind a cell', () => {
  it('is the cell’s own, or the one that begins in it on clocks that are half an hour off', () =>
    expect(['2026-12-01T10:00:00.000Z', '2026-12-01T10:30:00.000Z'].map(hourIn)).toEqual(['2026-12-01T10:00:00.000Z', '2026-12-01T11:00:00.000Z']));
});
