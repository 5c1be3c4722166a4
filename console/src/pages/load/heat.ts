import type { Forecast } from '../../api/types';
import { placeOf } from '../calendar/dates';

export type Bucket = Forecast['buckets'][number];
export type Share = Bucket['top'][number];

/** The steps of a forecast as rows: hours by day, or minutes by hour, on a zone's clocks. What has no step, such as the hours before now, is a gap. */
export function rowsOf(
  forecast: Pick<Forecast, 'buckets' | 'by'>,
  zone: string,
): Array<{ key: string; cells: Array<{ key: string; bucket: Bucket | undefined }> }> {
  const width = forecast.by === 'hour' ? 24 : 60;
  const rows = new Map<string, Array<{ key: string; bucket: Bucket | undefined }>>();
  for (const bucket of forecast.buckets) {
    const { day, hour } = placeOf(bucket.at, zone);
    const minute = new Date(bucket.at).getUTCMinutes();
    const row = forecast.by === 'hour' ? day : `${day}T${String(hour).padStart(2, '0')}`;
    const column = forecast.by === 'hour' ? hour : minute;
    const cells = rows.get(row) ?? Array.from({ length: width }, (_, at) => ({ key: `${row} ${at}`, bucket: undefined }));
    rows.set(row, cells);
    const held = cells[column]?.bucket;
    // Where clocks show an hour twice, both are in its cell.
    cells[column] = held
      ? { key: held.at, bucket: { ...held, occurrences: held.occurrences + bucket.occurrences, top: [...held.top, ...bucket.top] } }
      : { key: bucket.at, bucket };
  }
  return [...rows].map(([key, cells]) => ({ key, cells }));
}

// Up to which share each heat goes: of what the host carries, of which a little is the rule, and else of the hottest.
const [ofCapacity, ofHottest] = [[0.1, 0.25, 0.5, 0.75, 1], [0.2, 0.4, 0.6, 0.8, 1]] as const;

/** The percents up to which the heats 1 to 5 go. */
export const heatSteps = (capacity: number | null | undefined) => (capacity != null ? ofCapacity : ofHottest).map((share) => Math.round(share * 100));

/** How hot a step is: 0 for nothing, 1 to 5, and 6 above capacity. Without a known capacity it is beside the hottest. */
export function heatOf(occurrences: number, most: number, capacity: number | null | undefined): number {
  if (occurrences === 0) {
    return 0;
  }
  const [shares, whole] = capacity != null ? [ofCapacity, capacity] : [ofHottest, most];
  return 1 + shares.filter((share) => occurrences > whole * share).length;
}

// A mean of fewer says little: a single one that waited for somebody else's server would make all of it.
const enough = 20;

/** Whether a capacity is a guess, by the mean of so few runs. */
export const isGuess = (runs: number) => runs < enough;

export const percentOf = (occurrences: number, capacity: number) => Math.round((occurrences / capacity) * 100);

/** The step with the most, if anything comes due. */
export const peakOf = (buckets: readonly Bucket[]) =>
  buckets.reduce<Bucket | undefined>((peak, bucket) => (bucket.occurrences > (peak?.occurrences ?? 0) ? bucket : peak), undefined);

const spreads = [2, 3, 5, 10, 15, 20, 30, 60];

/** The minutes between two times of an expression at least, as far as its minutes and hours tell: a spread may take half of that. */
export function shortestInterval(cron: string): number {
  const [minutes = '*', hours = '*'] = cron.trim().split(/\s+/);
  const within = shortestOf(minutes, 60);
  if (within < 60) {
    return within;
  }
  return /^\d+$/.test(hours) ? 24 * 60 : 60;
}

/** The least distance between what one field of an expression lists, around its end too. */
function shortestOf(field: string, size: number): number {
  const step = /\/(\d+)$/.exec(field);
  if (step) {
    return Math.max(1, Math.min(Number(step[1]), size));
  }
  if (!/^\d+(,\d+)*$/.test(field)) {
    return 1;
  }
  const values = field
    .split(',')
    .map(Number)
    .sort((a, b) => a - b);
  return values.length < 2 ? size : Math.min(...values.map((value, at) => (values[at + 1] ?? (values[0] ?? 0) + size) - value || size));
}

export type Suggestion = { share: Share; minutes: number; before: number; after: number };

/**
 * What would take the most from a crowded minute: one share of it, spread over as few minutes as bring it below four fifths of what the host carries, or
 * below half of what it has where that is not known or not the trouble. Nothing where a minute is no crowd, or no spread takes a quarter of it.
 */
export function suggestionOf(bucket: Bucket | undefined, capacity: number | null | undefined): Suggestion | undefined {
  if (!bucket || bucket.occurrences < 10) {
    return undefined;
  }
  const before = bucket.occurrences;
  const aim = Math.min(before / 2, (capacity ?? Number.POSITIVE_INFINITY) * 0.8);
  const found = bucket.top.flatMap((share): Suggestion[] => {
    const allowed = spreads.filter((minutes) => minutes <= shortestInterval(share.cron) / 2);
    const left = (minutes: number) => before - share.occurrences + Math.ceil(share.occurrences / minutes);
    const minutes = allowed.find((candidate) => left(candidate) <= aim) ?? allowed.at(-1);
    return share.schedules > 1 && minutes ? [{ share, minutes, before, after: left(minutes) }] : [];
  });
  const [best] = found.sort((a, b) => a.after - b.after);
  return best && best.after <= before * 0.75 ? best : undefined;
}
