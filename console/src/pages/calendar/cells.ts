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
  const cell = (instant: string): Cell => {
    const { day, hour } = placeOf(instant, zone);
    const key = byHour ? hourKey(day, hour) : day;
    const found = cells.get(key) ?? { runs: [], counts: {}, future: 0, shares: [] };
    cells.set(key, found);
    return found;
  };
  for (const run of runs) {
    const found = cell(run.dueAt);
    const outcome = run.reason === 'paused' ? 'paused' : outcomeOf(run.state);
    found.runs.push(run);
    // One row can stand for many occurrences that did not run.
    found.counts[outcome] = (found.counts[outcome] ?? 0) + (run.missed?.count ?? 1);
  }
  for (const bucket of forecast?.buckets ?? []) {
    if (bucket.occurrences > 0) {
      const found = cell(bucket.at);
      found.future += bucket.occurrences;
      found.shares = merged(found.shares, bucket.top);
    }
  }
  return cells;
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
