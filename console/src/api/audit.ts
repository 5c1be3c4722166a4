import { listAudit, previewUndoIn, undoIn } from './audit-log';
import { answer, api, once } from './client';
import { skippedBy } from './skips';
import type { Audit } from './types';

const root = '/api/v1/tenants/{tenant}/audit/{auditId}' as const;

export const previewUndo = (tenant: string, auditId: string) => answer(api.POST(`${root}/undo/preview`, { params: { path: { tenant, auditId } }, body: {} }));

export const undo = (tenant: string, auditId: string, previewToken: string) =>
  answer(api.POST(`${root}/undo`, { params: { path: { tenant, auditId }, header: once() }, body: { previewToken } }));

/** A change that was just made: of what, which of the host nothing names, by whom, which fields, and when the thing had been changed last before. */
export type Made = { target: string | undefined; by: string; fields: readonly string[]; after: string };

/** Whether an entry is of that change. Whoever takes back the latest of all entries takes back a colleague's where there is none of one's own. */
export const isOf = ({ target, by, fields, after }: Made, entry: Audit): boolean =>
  entry.outcome === 'done' &&
  (entry.target ?? undefined) === target &&
  entry.actor.kind === 'admin' &&
  entry.actor.id === by &&
  Date.parse(entry.at) > Date.parse(after) &&
  (entry.changes?.some(({ field }) => fields.includes(field)) ?? false) &&
  // Other times do away with skips of the old ones, in the same change.
  (entry.changes?.every(({ field }) => fields.includes(field) || skippedBy(field) !== undefined) ?? false);

/** An occurrence of a schedule as a thing of its own, which is skipped and taken back apart from the schedule. */
export const occurrenceOf = (scheduleId: string, at: string) => `${scheduleId} ${Date.parse(at)}`;

/** A schedule's backfill likewise. */
export const backfillOf = (scheduleId: string) => `${scheduleId} backfill`;

/** What an entry's change was done to: its target, and occurrences that it skipped or took back. */
export function thingsOf({ target, changes }: Pick<Audit, 'target' | 'changes'>): string[] {
  const skipped = changes?.map(({ field }) => skippedBy(field)).filter((at) => at !== undefined) ?? [];
  return target ? [target, ...skipped.map((at) => occurrenceOf(target, at))] : [];
}

/**
 * How to take a change back that was just made; undefined where its entry is not found. It is done already, so that trouble with looking for the entry
 * is no trouble with the change: then it is taken back in the audit, by whoever wants that.
 */
export async function undoOf(scope: string, made: Made): Promise<(() => Promise<void>) | undefined> {
  try {
    const { items } = await listAudit(scope, { target: made.target, of: 'host' }, { limit: 20 });
    const entry = items.find((one) => isOf(made, one));
    return entry && (() => takeBack(scope, entry.id));
  } catch {
    return undefined;
  }
}

/** A way back that has what is shown read again after it; none where there is no way back. */
export const withReading = (back: (() => Promise<unknown>) | undefined, read: () => Promise<unknown>) =>
  back &&
  (async () => {
    await back();
    await read();
  });

/** Takes a change back as the server's preview shows it; refused when the thing is not as the change left it. */
async function takeBack(scope: string, auditId: string): Promise<void> {
  const { token } = await previewUndoIn(scope, auditId, undefined);
  await undoIn(scope, auditId, token);
}
