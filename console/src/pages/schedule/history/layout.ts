import type { Upgrade } from '../../../api/installs';
import { tookOf } from '../../../api/took';
import type { Definition, Outage, Run, Schedule } from '../../../api/types';
import { outcomeOf, type Outcome } from '../../../parts/outcome/mark';

/**
 * One run, or several that lie on the same pixels, of which the worst is shown. `at` is the occurrence that is asked about by picking it, of a run that
 * makes up for one that one; none where somebody asked for the run at an instant that was not due.
 */
export type Point = {
  x: number;
  at: string | undefined;
  outcome: Outcome;
  count: number;
  took: number | undefined;
  late: number | undefined;
  run: Run;
};
export type Band = { x: number; width: number; kind: 'paused' | 'disabled' | 'outage' | 'drained'; from: string; to: string | undefined };
export type Flag = { x: number; kind: 'edit' | 'upgrade'; at: string; what: string };

const badness: Record<Outcome, number> = {
  never: 0,
  succeeded: 1,
  queued: 2,
  running: 3,
  disabled: 3,
  paused: 3,
  skipped: 4,
  missed: 5,
  abandoned: 6,
  failed: 7,
};
const narrowest = 9;

export type Span = { from: string; to: string | undefined };
export type Axis = { from: number; to: number; width: number };

export const placeOf = (axis: Axis, at: string | number) => ((new Date(at).getTime() - axis.from) / (axis.to - axis.from)) * axis.width;
export const instantAt = (axis: Axis, x: number) => new Date(axis.from + (x / axis.width) * (axis.to - axis.from)).toISOString();

/** Runs as points from left to right, no closer to one another than can be told apart. */
export function pointsOf(runs: readonly Run[], axis: Axis): Point[] {
  const points: Point[] = [];
  for (const run of [...runs].sort((a, b) => a.dueAt.localeCompare(b.dueAt))) {
    const x = placeOf(axis, run.dueAt);
    if (x < 0 || x > axis.width) {
      continue;
    }
    const late =
      run.startedAt && run.trigger === 'schedule' && run.attempt <= 1 ? Math.max(0, Date.parse(run.startedAt) - Date.parse(run.dueAt)) : undefined;
    const point: Point = { x, at: occurrenceOf(run), outcome: outcomeOf(run.state), count: run.missed?.count ?? 1, took: tookOf(run), late, run };
    const last = points.at(-1);
    if (!last || x - last.x >= narrowest) {
      points.push(point);
      continue;
    }
    last.count += point.count;
    last.took = most(last.took, point.took);
    last.late = most(last.late, point.late);
    if (badness[point.outcome] >= badness[last.outcome]) {
      Object.assign(last, { outcome: point.outcome, at: point.at ?? last.at, run });
    }
    last.at ??= point.at;
  }
  return points;
}

// As addresses have instants, so that what is picked is found again.
function occurrenceOf({ trigger, occurrence, dueAt }: Run): string | undefined {
  const at = occurrence ?? (trigger === 'schedule' ? dueAt : undefined);
  return at && new Date(at).toISOString();
}

/** What can be picked one after the other, the earliest first. */
export const stepsOf = (points: readonly Point[]): string[] => [...new Set(points.flatMap(({ at }) => at ?? []))].sort();

const most = (a: number | undefined, b: number | undefined) => (a === undefined ? b : b === undefined ? a : Math.max(a, b));

/**
 * Pauses: those in force, and those that kept something back, as the ledger has it. That was written once the pause was over, which it is before its time
 * where somebody resumed.
 */
export function pausesOf(schedule: Pick<Schedule, 'pauses'>, runs: readonly Run[]): Span[] {
  const endOf = ({ pause, createdAt }: Run) => (pause?.until && Date.parse(pause.until) < Date.parse(createdAt) ? pause.until : createdAt);
  const ended = runs.flatMap((run) => (run.reason === 'paused' && run.missed ? [{ from: run.pause?.since ?? run.missed.from, to: endOf(run) }] : []));
  return [...ended, ...(schedule.pauses ?? []).map(({ since }) => ({ from: since, to: undefined }))];
}

/** The times in which it was not due, or held, and those in which nothing could run. */
export function bandsOf(definitions: readonly Definition[], pauses: readonly Span[], outages: readonly Outage[], axis: Axis): Band[] {
  const band = (kind: Band['kind'], from: string, to: string | undefined): Band => {
    const [left, right] = [Math.max(0, placeOf(axis, from)), Math.min(axis.width, to ? placeOf(axis, to) : axis.width)];
    return { x: left, width: Math.max(1.5, right - left), kind, from, to };
  };
  const shown = (from: string, to: string | null | undefined) => Date.parse(from) < axis.to && (!to || Date.parse(to) > axis.from);
  return [
    ...definitions
      .filter(({ state, since, until }) => state !== 'due' && shown(since, until))
      .map(({ since, until }) => band('disabled', since, until ?? undefined)),
    ...pauses.filter(({ from, to }) => shown(from, to)).map(({ from, to }) => band('paused', from, to)),
    ...outages.filter(({ from, to }) => shown(from, to)).map(({ from, to, drained }) => band(drained ? 'drained' : 'outage', from, to)),
  ];
}

/** Where its times were changed, and where another version was installed, or its runs began to be of it where nothing is known of that. */
export function flagsOf(definitions: readonly Definition[], runs: readonly Run[], upgrades: readonly Upgrade[], axis: Axis): Flag[] {
  const inside = (at: string) => Date.parse(at) >= axis.from && Date.parse(at) <= axis.to;
  const flags: Flag[] = [];
  // They come with the latest first; of those that begin at one instant the last made is in force, the others never were.
  const edits = [...definitions]
    .reverse()
    .sort((a, b) => a.since.localeCompare(b.since))
    .filter(({ since }, at, sorted) => sorted[at + 1]?.since !== since);
  edits.forEach((definition, at) => {
    const before = edits[at - 1];
    if (before && inside(definition.since) && (before.cron !== definition.cron || before.timezone !== definition.timezone)) {
      const what = before.cron === definition.cron ? definition.timezone : definition.cron;
      flags.push({ x: placeOf(axis, definition.since), kind: 'edit', at: definition.since, what });
    }
  });
  const ran = runs.filter((run) => run.version && run.startedAt).sort((a, b) => a.dueAt.localeCompare(b.dueAt));
  ran.forEach((run, at) => {
    const before = ran[at - 1];
    if (before && before.version !== run.version) {
      const [after, until] = [before.startedAt ?? before.dueAt, run.startedAt ?? run.dueAt];
      const installed = upgrades.find(({ at, versionId }) => versionId === run.versionId && at > after && at <= until);
      const since = installed?.at ?? run.dueAt;
      if (inside(since)) {
        flags.push({ x: placeOf(axis, since), kind: 'upgrade', at: since, what: run.version ?? '' });
      }
    }
  });
  return flags;
}

/** Lines and bands as they follow one another, each once; `ask` is the instant on the axis that is asked about by picking it. */
export function marksOf(flags: readonly Flag[], bands: readonly Band[], axis: Axis): Array<{ of: Flag | Band; from: string; to?: string; ask: string }> {
  const inside = (at: string) => new Date(Math.max(axis.from, Date.parse(at))).toISOString();
  const all = [
    ...flags.map((flag) => ({ of: flag, from: flag.at, ask: inside(flag.at) })),
    ...bands.map((band) => ({ of: band, from: band.from, ...(band.to ? { to: band.to } : {}), ask: inside(band.from) })),
  ];
  return all
    .filter(({ of, from }, at) => all.findIndex((one) => one.of.kind === of.kind && one.from === from) === at)
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

/** To which side of its place the name of a tick goes, so that it stays on the picture. */
export const anchorOf = (x: number, width: number): 'start' | 'middle' | 'end' => (x < 60 ? 'start' : x > width - 60 ? 'end' : 'middle');

/** Days, or hours of a short axis, with enough room between their names. */
export function ticksOf(axis: Axis, roomForName = 74): { x: number; at: string; day: boolean }[] {
  const hour = 3_600_000;
  const steps = [hour, 3 * hour, 6 * hour, 24 * hour, 2 * 24 * hour, 7 * 24 * hour, 14 * 24 * hour];
  const room = (axis.to - axis.from) * (roomForName / axis.width);
  const step = steps.find((candidate) => candidate >= room) ?? steps.at(-1) ?? hour;
  const first = Math.ceil(axis.from / step) * step;
  const ticks: { x: number; at: string; day: boolean }[] = [];
  for (let at = first; at <= axis.to; at += step) {
    ticks.push({ x: placeOf(axis, at), at: new Date(at).toISOString(), day: step >= 24 * hour });
  }
  // Those at the edges have their names beside them, where they might lie on the next one's.
  return ticks.filter(({ x }, at) => {
    const next = ticks[at + 1]?.x;
    return !(anchorOf(x, axis.width) === 'start' && next !== undefined && next - x < 1.5 * roomForName) &&
      !(anchorOf(x, axis.width) === 'end' && at > 0 && x - (ticks[at - 1]?.x ?? 0) < 1.5 * roomForName);
  });
}
