import type { Forecast, Run } from '../../api/types';
import { outcomeOf, type Outcome } from '../../parts/outcome/mark';
import { placeOf } from './dates';
import { isMadeUp, type MadeUp } from './made-up';

type Share = Forecast['buckets'][number]['top'][number];

/** What a day or an hour holds: what was due in it, by outcome, what of it was made up for since and is none of those, and what is to come. */
export type Cell = { runs: Run[]; counts: Partial<Record<Outcome, number>>; madeUp: number; future: number; shares: Share[] };

const hourKey = (day: string, hour: number) => `${day}T${String(hour).padStart(2, '0')}`;

/** The cells by their keys: `2026-11-29`, or `2026-11-29T14` where hours are told apart. */
export function cellsOf(
  runs: readonly Run[],
  forecast: Forecast | undefined,
  zone: string,
  byHour: boolean,
  madeUp: MadeUp = new Map(),
): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const keys = new Map<number, string>();
  const keyOf = (instant: number): string => {
    // No zone's clocks change but at a quarter of an hour, and to ask for each instant what they show would take long.
    const quarter = Math.floor(instant / 900_000);
    const known = keys.get(quarter);
    if (known !== undefined) {
      return known;
    }
    const { day, hour } = placeOf(quarter * 900_000, zone);
    const key = byHour ? hourKey(day, hour) : day;
    keys.set(quarter, key);
    return key;
  };
  const cell = (instant: number): Cell => {
    const key = keyOf(instant);
    const found = cells.get(key) ?? { runs: [], counts: {}, madeUp: 0, future: 0, shares: [] };
    cells.set(key, found);
    return found;
  };
  for (const run of runs) {
    const outcome = outcomeOf(run.state);
    for (const { at, count, made } of instantsIn(run, madeUp.get(run.id) ?? 0)) {
      const found = cell(at);
      if (found.runs.at(-1) !== run) {
        found.runs.push(run);
      }
      found.madeUp += made;
      if (count > made) {
        found.counts[outcome] = (found.counts[outcome] ?? 0) + count - made;
      }
    }
  }
  for (const bucket of forecast?.buckets ?? []) {
    if (bucket.occurrences > 0) {
      const found = cell(Date.parse(bucket.at));
      found.future += bucket.occurrences;
      found.shares = merged(found.shares, bucket.top);
    }
  }
  return cells;
}

const mostInstants = 1_000;

/** Whether a row stands for more than its first and its last occurrence, so that where those between them lay is not known here. */
export const isSpread = ({ missed }: Run) => (missed?.count ?? 1) > 2;

/** When the occurrences of a row were due: one row can stand for many that did not run, which are spread evenly over their time. */
function instantsIn(run: Run, made: number): { at: number; count: number; made: number }[] {
  const { count, from, to } = run.missed ?? { count: 1, from: run.dueAt, to: run.dueAt };
  if (count < 2) {
    return [{ at: Date.parse(run.dueAt), count, made }];
  }
  const points = Math.min(count, mostInstants);
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const shareOf = (all: number, point: number) => Math.floor(((point + 1) * all) / points) - Math.floor((point * all) / points);
  return Array.from({ length: points }, (_, point) => ({
    at: begin + Math.floor(((end - begin) * point) / (points - 1)),
    count: shareOf(count, point),
    made: Math.min(shareOf(made, point), shareOf(count, point)),
  }));
}

/** Shares of the same times in one, the most first. */
function merged(shares: readonly Share[], more: readonly Share[]): Share[] {
  const keyOf = (share: Share) => `${share.first.tenant} ${share.cron} ${share.timeZone}`;
  const all = new Map(shares.map((share) => [keyOf(share), share]));
  for (const share of more) {
    const key = keyOf(share);
    const old = all.get(key);
    all.set(key, old ? { ...old, occurrences: old.occurrences + share.occurrences } : share);
  }
  return [...all.values()].sort((a, b) => b.occurrences - a.occurrences).slice(0, 8);
}

/** Outcomes in the order in which they matter, with what went wrong first. */
const outcomeOrder: readonly Outcome[] = ['failed', 'abandoned', 'missed', 'skipped', 'running', 'queued', 'succeeded'];

/** A cell's outcomes with their numbers, the worst first. */
export const countsOf = ({ counts }: Cell) => outcomeOrder.flatMap((outcome) => (counts[outcome] ? [{ outcome, count: counts[outcome] }] : []));

/** Of what a cell holds so many, what went worst first, and of each outcome in the order of their times. */
export function listed(runs: readonly Run[], most: number, madeUp: MadeUp = new Map()): Run[] {
  const rank = (run: Run) => outcomeOrder.indexOf(isMadeUp(run, madeUp) ? 'succeeded' : outcomeOf(run.state));
  const byTime = (a: Run, b: Run) => Date.parse(a.dueAt) - Date.parse(b.dueAt);
  return [...runs].sort((a, b) => rank(a) - rank(b) || byTime(a, b)).slice(0, most);
}

const bad = new Set(['failed', 'abandoned', 'missed']);

/** What some cells hold together: what went wrong, what was skipped, what of both was made up for, what went well, and what is to come. */
export function sumOf(cells: readonly Cell[]): { bad: number; skipped: number; madeUp: number; good: number; all: number; future: number } {
  const sum = { bad: 0, skipped: 0, madeUp: 0, good: 0, all: 0, future: 0 };
  for (const { counts, madeUp, future } of cells) {
    sum.madeUp += madeUp;
    sum.all += madeUp;
    for (const [outcome, count] of Object.entries(counts)) {
      sum.bad += bad.has(outcome) ? count : 0;
      sum.all += count;
    }
    sum.skipped += counts.skipped ?? 0;
    sum.good += counts.succeeded ?? 0;
    sum.future += future;
  }
  return sum;
}
