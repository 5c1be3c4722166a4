import { listEndedRuns, listOpenRuns, listRuns } from '../../api/runs';
import type { Page, Run } from '../../api/types';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { endedOf, isOpen, type RunFilters } from './search';
import { fromOf, isWanted } from './wanted';

const limit = 50;

/** A page of a tenant's runs, or of all tenants', which are open or have ended. */
export async function readRuns(scope: string, filters: RunFilters, cursor: string | undefined, signal: AbortSignal): Promise<Page<Run>> {
  const { within: _, ...wanted } = { ...filters, from: fromOf(filters, now()) };
  if (!isAll(scope)) {
    return listRuns(scope, { ...wanted, cursor, limit }, signal);
  }
  if (!isOpen(filters)) {
    return listEndedRuns({ ...wanted, state: endedOf(filters), cursor, limit }, signal);
  }
  const page = await listOpenRuns({ cursor, limit: 200 }, signal);
  return { ...page, items: page.items.filter((run) => isWanted(run, wanted)) };
}
