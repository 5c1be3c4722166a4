import { isRefused } from '../../../api/problem';
import type { Audit, Schedule } from '../../../api/types';
import { changedFields } from '../../../parts/field-changes';

/** What somebody else changed of a schedule while a dialog of it was open, and how the schedule is now. */
export type Lost = { current: Schedule; fields: readonly string[] };

/** What a refused change says of that, with what was known of it before; undefined where it was refused for anything else. */
export function lostOf(error: unknown, before: Lost | undefined): Lost | undefined {
  const current = isRefused(error, 'changed-meanwhile') ? (error.body.current as Schedule | undefined) : undefined;
  return current && isRefused(error, 'changed-meanwhile')
    ? { current, fields: [...new Set([...(before?.fields ?? []), ...(error.body.changed ?? [])])] }
    : undefined;
}

export type LostField = {
  field: string;
  now: unknown;
  /** What was typed for it; not there where nobody typed anything else, so that it stays as it is now. */
  mine?: unknown;
  by?: { who: string; at: string };
};

/** The fields that are not as they were shown: how each is now, what was typed, and who changed it when, as far as the audit has it. */
export function lostFields({ current, fields }: Lost, mine: Readonly<Record<string, unknown>>, audit: readonly Audit[]): LostField[] {
  return fields.map((field) => {
    const entry = audit.find(({ outcome, changes }) => outcome === 'done' && changedFields(changes ?? []).some((one) => one.field === field));
    return {
      field,
      now: field.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], current)
        ?? entry?.changes?.find((one) => one.field === field)?.after,
      ...(field in mine ? { mine: mine[field] } : {}),
      ...(entry ? { by: { who: entry.actor.id, at: entry.at } } : {}),
    };
  });
}
