import type { Forecast, Run } from '../../api/types';
import { outcomeOf, type Outcome } from '../../parts/outcome/mark';
import { placeOf } from './dates';

type Share = Forecast['buckets'][number]['top'][number];

/** What a day or an hour holds: what was due in it, by outcome, and what is to come. */
export type Cell = { runs: Run[]; counts: Partial<Record<Outcome, number>>; future: number; shares: Share[] };

const hourKey = (day: string, hour: number) => `${day}T${String(hour).padStart(2, '0')}`;

/** The cells by their keys: `2026-11-29`, or `2026-11-29T14` where hours are told apart. */
export function cellsOf(runs: readonly Run[], forecast: Forecast | undefined, zone: string, byHour: boolean): Map<string, Cell> {
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
    const found = cells.get(key) ?? { runs: [], counts: {}, future: 0, shares: [] };
    cells.set(key, found);
    return found;
  };
  for (const run of runs) {
    const outcome = run.reason === 'paused' ? 'paused' : outcomeOf(run.state);
    for (const { at, count } of instantsIn(run)) {
      const found = cell(at);
      if (found.runs.at(-1) !== run) {
        found.runs.push(run);
      }
      found.counts[outcome] = (found.counts[outcome] ?? 0) + count;
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
function instantsIn(run: Run): { at: number; count: number }[] {
  const { count, from, to } = run.missed ?? { count: 1, from: run.dueAt, to: run.dueAt };
  if (count < 2) {
    return [{ at: Date.parse(run.dueAt), count }];
  }
  const points = Math.min(count, mostInstants);
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  return Array.from({ length: points }, (_, point) => ({
    at: begin + Math.floor(((end - begin) * point) / (points - 1)),
    count: Math.floor(((point + 1) * count) / points) - Math.floor((point * count) / points),
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
export const outcomeOrder: readonly Outcome[] = ['failed', 'abandoned', 'missed', 'skipped', 'paused', 'running', 'queued', 'succeeded'];

/** A cell's outcomes with their numbers, the worst first. */
export const countsOf = ({ counts }: Cell) => outcomeOrder.flatMap((outcome) => (counts[outcome] ? [{ outcome, count: counts[outcome] }] : []));
