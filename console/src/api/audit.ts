import { answer, api, once } from './client';
import type { ScheduleAt } from './runs';

const root = '/api/v1/tenants/{tenant}/audit/{auditId}' as const;

export const previewUndo = (tenant: string, auditId: string) => answer(api.POST(`${root}/undo/preview`, { params: { path: { tenant, auditId } }, body: {} }));

export const undo = (tenant: string, auditId: string, previewToken: string) =>
  answer(api.POST(`${root}/undo`, { params: { path: { tenant, auditId }, header: once() }, body: { previewToken } }));

/** The entry of the change of a schedule that was made last, to take exactly that back. */
export async function lastChangeOf({ tenant, installId, scheduleId }: ScheduleAt): Promise<string | undefined> {
  const { items } = await answer(api.GET('/api/v1/tenants/{tenant}/audit', { params: { path: { tenant }, query: { installId, limit: '20' } } }));
  return items.find((entry) => entry.target === scheduleId && entry.changes)?.id;
}

/** Takes a change back as the server's preview shows it; refused when the thing is not as the change left it. */
export async function takeBack(tenant: string, auditId: string): Promise<void> {
  const { token } = await previewUndo(tenant, auditId);
  await undo(tenant, auditId, token);
}
