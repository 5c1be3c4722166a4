import { queryOptions } from '@tanstack/react-query';
import { now, realMs } from '../app/clock';
import { isAll } from '../app/scope-name';
import { answer, api } from './client';
import { listEndedRuns, listOpenRuns, listRuns, listRunsOf, type RunListing, type ScheduleAt } from './runs';
import type { components } from './schema';
import type { Forecast, Page, Run } from './types';

export type CalendarOf = { scope: string; installId?: string | undefined; scheduleId?: string | undefined };

const bad = 'failed,skipped,missed,abandoned';
const repeating = 'backfill,rerun';
const mostPages = 8;

// How long after it was due something may have been written down to be in the calendar of all tenants.
const later = { troubles: 24 * 3_600_000, successes: 3_600_000 };

export type Past = { runs: Run[]; back: string };

/**
 * What the ledger has of a time, as far as some thousand rows reach; `back` says from when on it is whole. What is no success is asked for by itself, since
 * that is found at once however much succeeded.
 */
export const pastQuery = ({ scope, installId, scheduleId }: CalendarOf, from: string, to: string, which: 'troubles' | 'successes') =>
  queryOptions({
    queryKey: ['calendar', scope, installId, scheduleId, from, to, which],
    queryFn: async ({ signal }): Promise<Past> => {
      if (isAll(scope)) {
        return pastOfAll(from, to, which, signal);
      }
      const state = which === 'troubles' ? `${bad},queued,running` : 'succeeded';
      const read = (more: RunListing) =>
        readPages((page) => {
          const query: RunListing = { state, from, to, ...more, ...page };
          return installId && scheduleId
            ? listRunsOf({ tenant: scope, installId, scheduleId }, query, signal)
            : listRuns(scope, { ...query, ...(installId ? { installId } : {}) }, signal);
        });
      // One row of the ledger can stand for a night, and stands under one occurrence of it.
      const [due, reaching] = await Promise.all([read({}), which === 'troubles' ? read({ reaching: 'true' }) : nothing]);
      const back = due.complete ? from : (due.runs.at(-1)?.dueAt ?? from);
      return { runs: [...due.runs, ...reaching.runs], back: reaching.complete ? back : to };
    },
    meta: { live: { on: ['run'] as const, ...(isAll(scope) ? {} : { tenant: scope }), every: 15_000 } },
    staleTime: 15_000,
  });

/** Repeats and runs of backfills that succeeded since a time, which made up for something that was due in it or later. */
export const repeatsQuery = ({ scope, installId, scheduleId }: CalendarOf, from: string) =>
  queryOptions({
    queryKey: ['calendar', scope, installId, scheduleId, from, 'repeats'],
    queryFn: async ({ signal }): Promise<Run[]> =>
      (
        await readPages((page) => {
          const query: RunListing = { state: 'succeeded', trigger: repeating, from, ...page };
          return isAll(scope)
            ? listEndedRuns(query, signal)
            : installId && scheduleId
              ? listRunsOf({ tenant: scope, installId, scheduleId }, query, signal)
              : listRuns(scope, { ...query, ...(installId ? { installId } : {}) }, signal);
        })
      ).runs,
    meta: { live: { on: ['run'] as const, ...(isAll(scope) ? {} : { tenant: scope }), every: 15_000 } },
    staleTime: 15_000,
  });

const nothing = { runs: [], complete: true };

type PageOf = { limit: number; cursor?: string };

async function readPages(read: (page: PageOf) => Promise<Page<Run>>): Promise<{ runs: Run[]; complete: boolean }> {
  const runs: Run[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answered = await read({ limit: 200, ...(cursor ? { cursor } : {}) });
    runs.push(...answered.items);
    cursor = answered.nextCursor ?? undefined;
    if (!cursor) {
      return { runs, complete: true };
    }
  }
  return { runs, complete: false };
}

/** The ledger of all tenants is found by when it was written, which is when something was due or later: what is due in a time is looked for longer. */
async function pastOfAll(from: string, to: string, which: 'troubles' | 'successes', signal: AbortSignal): Promise<Past> {
  const until = new Date(Date.parse(to) + later[which]).toISOString();
  const [ended, open] = await Promise.all([
    readPages((page) => listEndedRuns({ state: which === 'troubles' ? bad : 'succeeded', from, to: until, ...page }, signal)),
    which === 'troubles' ? listOpenRuns({ limit: 200 }, signal) : undefined,
  ]);
  const isDue = ({ dueAt, missed }: Run) =>
    Date.parse(missed?.to ?? dueAt) >= Date.parse(from) && Date.parse(missed?.from ?? dueAt) < Date.parse(to);
  return { runs: [...(open?.items ?? []), ...ended.runs].filter(isDue), back: ended.complete ? from : (ended.runs.at(-1)?.createdAt ?? from) };
}

export type Span = { from: string; to: string };

const hour = 3_600_000;

/**
 * What is to come in a time, by hour or minute. The time begins with the hour that it is, so it is named by what does not change with that: what was read of
 * it stays until it was read again from the next hour on.
 */
export const futureQuery = ({ scope, installId, scheduleId }: CalendarOf, named: readonly string[], span: () => Span, by: 'hour' | 'minute') =>
  queryOptions({
    queryKey: ['forecast', scope, installId, scheduleId, by, ...named],
    queryFn: (): Promise<Forecast> => {
      const query = { by, ...span() };
      const of = { ...(installId ? { installId } : {}), ...(scheduleId ? { scheduleId } : {}) };
      return isAll(scope)
        ? answer(api.GET('/api/v1/forecast', { params: { query } }))
        : answer(api.GET('/api/v1/tenants/{tenant}/forecast', { params: { path: { tenant: scope }, query: { ...query, ...of } } }));
    },
    refetchInterval: () => realMs(hour - (now() % hour)) + 500,
    staleTime: 60_000,
    meta: { live: { on: ['schedule'] as const, ...(isAll(scope) ? {} : { tenant: scope }), every: 60_000 } },
  });

export type Behind = components['schemas']['ForecastOccurrencesJson'];

/** All schedules behind a minute or an hour to come, those with the most occurrences in it first. */
export function listBehind(
  scope: string,
  { limit, installId, ...of }: { at: string; by: string; installId?: string | undefined; cursor: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<Page<Behind>> {
  const query = { ...of, limit: String(limit), ...(installId ? { installId } : {}) } as Record<string, string>;
  return isAll(scope)
    ? answer(api.GET('/api/v1/forecast/schedules', { params: { query }, signal }))
    : answer(api.GET('/api/v1/tenants/{tenant}/forecast/schedules', { params: { path: { tenant: scope }, query }, signal }));
}

/** How many occurrences of a schedule in a time ran since as repeats, as far as one page tells. */
export async function countMadeUp(at: ScheduleAt, from: string, to: string, signal: AbortSignal): Promise<number> {
  const { items } = await listRunsOf(at, { state: 'succeeded', trigger: repeating, from, limit: 200 }, signal);
  const times = items.map(({ occurrence }) => Date.parse(occurrence ?? '')).filter((time) => time >= Date.parse(from) && time <= Date.parse(to));
  return new Set(times).size;
}
