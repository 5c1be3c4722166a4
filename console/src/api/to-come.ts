import { now } from '../app/clock';
import { answer, api } from './client';

const week = 7 * 24 * 3_600_000;

/** How many runs are to come within seven days of a schedule, or of all of an install's, as things stand: what a pause holds is not among them. */
export async function countToCome(
  { tenant, installId, scheduleId }: { tenant: string; installId: string; scheduleId?: string | undefined },
  signal: AbortSignal,
): Promise<number> {
  const query = { installId, ...(scheduleId ? { scheduleId } : {}), by: 'hour', to: new Date(now() + week).toISOString() };
  const { buckets } = await answer(api.GET('/api/v1/tenants/{tenant}/forecast', { params: { path: { tenant }, query }, signal }));
  return buckets.reduce((sum, { occurrences }) => sum + Number(occurrences), 0);
}
