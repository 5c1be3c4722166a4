import { describe, expect, it } from 'vitest';
import type { Definition, Outage, Run } from '../../../api/types';
import { anchorOf, bandsOf, flagsOf, instantAt, marksOf, pausesOf, placeOf, pointsOf, stepsOf, ticksOf, type Axis } from './layout';

const axis: Axis = { from: Date.parse('2026-11-01T00:00:00Z'), to: Date.parse('2026-11-11T00:00:00Z'), width: 1_000 };
const run = (day: number, state: string, more: Partial<Run> = {}): Run =>
  ({ id: `${day}${state}`, dueAt: `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`, state, trigger: 'schedule', attempt: 1, ...more }) as Run;
const definition = (since: string, until: string | undefined, more: Partial<Definition> = {}): Definition =>
  ({ cron: '0 6 * * *', timezone: 'UTC', state: 'due', since, until, by: 'anna', ...more }) as Definition;

describe('axis', () => {
  it('places an instant, and finds it again', () => {
    expect(placeOf(axis, '2026-11-02T00:00:00Z')).toBe(100);
    expect(instantAt(axis, 100)).toBe('2026-11-02T00:00:00.000Z');
  });
  it('has names that do not touch', () => {
    for (const [days, width] of [[10, 1_000], [7, 560], [7, 600], [1, 300]] as const) {
      const some = { ...axis, from: axis.from + 7_200_000, to: axis.from + days * 86_400_000, width };
      const names = ticksOf(some).map(({ x }) => {
        const left = { start: 0, middle: 37, end: 74 }[anchorOf(x, width)];
        return [x - left, x - left + 74] as const;
      });
      expect(names.length).toBeGreaterThan(1);
      names.slice(1).forEach(([left], at) => expect(left).toBeGreaterThanOrEqual(names[at]?.[1] ?? 0));
    }
  });
});

describe('pointsOf', () => {
  it('goes from left to right and leaves out what is beside the axis', () =>
    expect(pointsOf([run(3, 'failed'), run(2, 'succeeded'), run(12, 'succeeded')], axis).map(({ x, outcome }) => [x, outcome])).toEqual([
      [100, 'succeeded'],
      [200, 'failed'],
    ]));
  it('shows the worst of what lies on the same place, and how many they are', () => {
    const near = [run(2, 'failed', { id: 'bad' }), { ...run(2, 'succeeded'), dueAt: '2026-11-02T01:00:00.000Z' } as Run];
    const [point, ...others] = pointsOf(near, axis);
    expect(others).toEqual([]);
    expect([point?.outcome, point?.count, point?.run.id]).toEqual(['failed', 2, 'bad']);
  });
  it('counts what one row stands for', () =>
    expect(pointsOf([run(2, 'missed', { missed: { count: 40, from: '', to: '' } })], axis)[0]?.count).toBe(40));
  it('knows how late the first attempt began, and nothing of a repeat', () => {
    const started = { startedAt: '2026-11-02T00:00:00.250Z' };
    expect(pointsOf([run(2, 'succeeded', started)], axis)[0]?.late).toBe(250);
    expect(pointsOf([run(2, 'succeeded', { ...started, attempt: 2 })], axis)[0]?.late).toBeUndefined();
  });
});

describe('stepsOf', () => {
  const asked = (day: number, more: Partial<Run>) => run(day, 'failed', { id: `asked ${day}`, ...more });
  const of = (...runs: Run[]) => stepsOf(pointsOf(runs, axis)).map((at) => at.slice(8, 10));
  it('is each occurrence once, with those that a run made up for', () =>
    expect(of(run(5, 'succeeded'), asked(6, { trigger: 'backfill', occurrence: '2026-11-03T00:00:00Z' }), run(3, 'missed'))).toEqual(['03', '05']));
  it('has nothing of a run that somebody asked for when nothing was due', () =>
    expect(of(run(2, 'succeeded'), asked(9, { trigger: 'run-now' }))).toEqual(['02']));
  it('has the occurrence that such a run lies on', () => {
    const near = asked(2, { trigger: 'run-now', dueAt: '2026-11-02T01:00:00Z' });
    expect(of(run(2, 'succeeded'), near)).toEqual(['02']);
    expect(stepsOf(pointsOf([run(2, 'succeeded'), near], axis))).toEqual([run(2, 'succeeded').dueAt]);
    expect(stepsOf(pointsOf([{ ...near, dueAt: '2026-11-01T23:00:00Z' }, run(2, 'succeeded')], axis))).toEqual([run(2, 'succeeded').dueAt]);
  });
});

describe('bandsOf', () => {
  it('cuts a pause to the axis and lets an open one go on to its end', () => {
    const [band] = bandsOf([], [{ from: '2026-10-20T00:00:00Z', to: '2026-11-02T00:00:00Z' }], [], axis);
    expect([band?.x, band?.width, band?.kind]).toEqual([0, 100, 'paused']);
    expect(bandsOf([definition('2026-11-10T00:00:00Z', undefined, { state: 'disabled' })], [], [], axis)[0]).toMatchObject({
      x: 900,
      width: 100,
      kind: 'disabled',
    });
  });
  it('has outages, however short, and nothing that is due', () =>
    expect(
      bandsOf(
        [definition('2026-11-01T00:00:00Z', undefined)],
        [],
        [{ from: '2026-11-02T00:00:00Z', to: '2026-11-02T00:00:31Z', node: 'a', stopped: false }],
        axis,
      ),
    ).toMatchObject([{ kind: 'outage', width: 1.5 }]));
  it('tells a time in which all nodes were drained from one in which none was there', () => {
    const drained = { node: 'a', by: 'ops', note: 'new disk', since: '2026-11-02T00:00:00Z' };
    const outage = { from: '2026-11-02T00:00:00Z', to: '2026-11-02T01:00:00Z', node: 'a', stopped: false, drained } as Outage;
    expect(bandsOf([], [], [outage], axis)).toMatchObject([{ kind: 'drained' }]);
  });
});

describe('pausesOf', () => {
  it('has those that kept something back, and those in force', () => {
    const missed = { count: 3, from: '2026-11-03T00:00:00Z', to: '2026-11-04T00:00:00Z' };
    const kept = run(4, 'skipped', { reason: 'paused', missed, createdAt: '2026-11-04T06:00:00Z' });
    expect(pausesOf({ pauses: [{ since: '2026-11-09T00:00:00Z' }] as never }, [kept])).toEqual([
      { from: '2026-11-03T00:00:00Z', to: '2026-11-04T06:00:00Z' },
      { from: '2026-11-09T00:00:00Z', to: undefined },
    ]);
  });
  it.each([
    ['when somebody resumed, before its time', '2026-11-20T00:00:00Z', '2026-11-04T06:00:00Z'],
    ['by itself, however much later that was written', '2026-11-04T02:00:00Z', '2026-11-04T02:00:00Z'],
  ])('ended %s', (_, until, to) => {
    const pause = { layer: 'tenant', since: '2026-11-02T00:00:00Z', until } as Run['pause'];
    const missed = { count: 3, from: '2026-11-03T00:00:00Z', to: '2026-11-04T00:00:00Z' };
    const kept = run(4, 'skipped', { reason: 'paused', missed, pause, createdAt: '2026-11-04T06:00:00Z' });
    expect(pausesOf({ pauses: [] }, [kept])).toEqual([{ from: '2026-11-02T00:00:00Z', to }]);
  });
});

describe('anchorOf', () => {
  it('turns names away from the edges', () => expect([30, 500, 960].map((x) => anchorOf(x, 1_000))).toEqual(['start', 'middle', 'end']));
});

describe('flagsOf', () => {
  it('marks where the times changed, and not where only its state did', () => {
    const definitions = [
      definition('2026-10-01T00:00:00Z', '2026-11-02T00:00:00Z'),
      definition('2026-11-02T00:00:00Z', '2026-11-04T00:00:00Z', { state: 'paused' }),
      definition('2026-11-04T00:00:00Z', undefined, { cron: '10 6 * * *' }),
    ];
    expect(flagsOf(definitions, [], [], axis)).toMatchObject([{ x: 300, kind: 'edit', what: '10 6 * * *' }]);
  });
  it('marks nothing for an edit that was taken back before it was in force', () => {
    const [since, edited] = ['2026-10-01T00:00:00Z', '2026-11-02T00:00:00Z'];
    const definitions = [definition(edited, undefined), definition(edited, edited, { cron: '0 2 1 * *' }), definition(since, edited)];
    expect(flagsOf(definitions, [], [], axis)).toEqual([]);
  });
  it('marks where another version was installed, where that is known', () => {
    const ran = (day: number, versionId: string) => run(day, 'succeeded', { version: versionId, versionId, startedAt: run(day, '').dueAt });
    const runs = [ran(9, 'a'), ran(4, 'b'), ran(2, 'a')];
    const upgrades = ['2026-11-06', '2026-11-01'].map((day) => ({ at: `${day}T00:00:00.000Z`, versionId: 'a' }));
    expect(flagsOf([], runs, upgrades, axis).map(({ at, what }) => [at.slice(0, 10), what])).toEqual([['2026-11-04', 'b'], ['2026-11-06', 'a']]);
  });
  it('marks the first run of another version', () => {
    const ran = (day: number, version: string) => run(day, 'succeeded', { version, startedAt: 'x' });
    expect(flagsOf([], [ran(4, '2.0.0'), ran(3, '1.0.0'), ran(2, '1.0.0')], [], axis)).toMatchObject([{ x: 300, kind: 'upgrade', what: '2.0.0' }]);
  });
});

describe('marksOf', () => {
  it('has lines and bands as they follow one another, each once, and asks about what is on the axis', () => {
    const edited = '2026-11-03T00:00:00Z';
    const flags = flagsOf([definition('2026-10-01T00:00:00Z', edited), definition(edited, undefined, { cron: '0 7 * * *' })], [], [], axis);
    const paused = { from: '2026-11-04T00:00:00Z', to: undefined };
    const outage = { from: '2026-10-30T00:00:00Z', to: '2026-11-02T00:00:00Z' };
    const marks = marksOf(flags, bandsOf([], [paused, paused], [outage as Outage], axis), axis);
    expect(marks.map(({ of, from, to, ask }) => [of.kind, from, to, ask])).toEqual([
      ['outage', outage.from, outage.to, '2026-11-01T00:00:00.000Z'],
      ['edit', '2026-11-03T00:00:00Z', undefined, '2026-11-03T00:00:00.000Z'],
      ['paused', paused.from, undefined, '2026-11-04T00:00:00.000Z'],
    ]);
  });
});
