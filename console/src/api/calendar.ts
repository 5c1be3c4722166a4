import { queryOptions } from '@tanstack/react-query';
import { isAll } from '../app/scope-name';
import { answer, api } from './client';
import { listRuns, listRunsOf, type RunListing } from './runs';
import type { components } from './schema';
import type { Forecast, Page, Run } from './types';

export type CalendarOf = { scope: string; installId?: string | undefined; scheduleId?: string | undefined };

const troubles = 'failed,skipped,missed,abandoned,queued,running';
const mostPages = 8;

export type Past = { runs: Run[]; back: string };

/**
 * What the ledger has of a time, as far as some thousand rows reach; `back` says from when on it is whole. What is no success is asked for by itself, since
 * that is found at once however much succeeded.
 */
export const pastQuery = ({ scope, installId, scheduleId }: CalendarOf, from: string, to: string, which: 'troubles' | 'successes') =>
  queryOptions({
    queryKey: ['calendar', scope, installId, scheduleId, from, to, which],
    queryFn: async ({ signal }): Promise<Past> => {
      const runs: Run[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const query: RunListing = { state: which === 'troubles' ? troubles : 'succeeded', from, to, limit: 200, ...(cursor ? { cursor } : {}) };
        const answered =
          installId && scheduleId
            ? await listRunsOf({ tenant: scope, installId, scheduleId }, query, signal)
            : await listRuns(scope, { ...query, ...(installId ? { installId } : {}) }, signal);
        runs.push(...answered.items);
        cursor = answered.nextCursor ?? undefined;
        if (!cursor) {
          return { runs, back: from };
        }
      }
      return { runs, back: runs.at(-1)?.dueAt ?? from };
    },
    meta: { live: { on: ['run'] as const, tenant: scope, every: 15_000 } },
    staleTime: 15_000,
  });

/** What is to come in a time, by hour or minute. */
export const futureQuery = ({ scope, installId, scheduleId }: CalendarOf, from: string, to: string, by: 'hour' | 'minute') =>
  queryOptions({
    queryKey: ['forecast', scope, installId, scheduleId, from, to, by],
    queryFn: (): Promise<Forecast> => {
      const query = { by, from, to };
      const of = { ...(installId ? { installId } : {}), ...(scheduleId ? { scheduleId } : {}) };
      return isAll(scope)
        ? answer(api.GET('/api/v1/forecast', { params: { query } }))
        : answer(api.GET('/api/v1/tenants/{tenant}/forecast', { params: { path: { tenant: scope }, query: { ...query, ...of } } }));
    },
    staleTime: 60_000,
    meta: { live: { on: ['schedule'] as const, ...(isAll(scope) ? {} : { tenant: scope }), every: 60_000 } },
  });

export type Behind = components['schemas']['ForecastOccurrencesJson'];

/** All schedules behind a minute or an hour to come, those with the most occurrences in it first. */
export function listBehind(
  scope: string,
  { limit, ...of }: { at: string; by: string; cursor: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<Page<Behind>> {
  const query = { ...of, limit: String(limit) } as Record<string, string>;
  return isAll(scope)
    ? answer(api.GET('/api/v1/forecast/schedules', { params: { query }, signal }))
    : answer(api.GET('/api/v1/tenants/{tenant}/forecast/schedules', { params: { path: { tenant: scope }, query }, signal }));
}
