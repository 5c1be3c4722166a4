import { now } from '../app/clock';
import { answer, api } from './client';
import { partsUntil } from './forecast-parts';

const day = 24 * 3_600_000;

/** How far a forecast reaches. */
export const farthest = 31 * day;

type Whose = { tenant: string; installId?: string | undefined; scheduleId?: string | undefined };

/** How many runs are to come until an instant, or within seven days, of a schedule, an install or a tenant, as things stand: none that a pause holds. */
export async function countToCome({ tenant, installId, scheduleId }: Whose, signal: AbortSignal, until = now() + 7 * day): Promise<number> {
  const of = { ...(installId ? { installId } : {}), ...(installId && scheduleId ? { scheduleId } : {}) };
  const parts = await Promise.all(
    partsUntil(until, now()).map((part) =>
      answer(api.GET('/api/v1/tenants/{tenant}/forecast', { params: { path: { tenant }, query: { ...of, ...part } }, signal })),
    ),
  );
  return parts.flatMap(({ buckets }) => buckets).reduce((sum, { occurrences }) => sum + Number(occurrences), 0);
}
