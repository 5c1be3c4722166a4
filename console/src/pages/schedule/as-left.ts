import type { Audit, FieldChange } from '../../api/types';

const endOf = ({ after, largeAfter }: FieldChange) => JSON.stringify(largeAfter?.sha256 ?? after ?? null);

/** Whether all that a change changed is as it left it, as far as a list of the changes, the newest first, tells: only then can it be taken back. */
export function isAsLeft(entry: Audit, all: readonly Audit[]): boolean {
  const done = all.filter(({ outcome }) => outcome === 'done');
  const newest = (field: string) => done.flatMap(({ changes }) => changes ?? []).find((change) => change.field === field);
  return (entry.changes ?? []).every((change) => endOf(newest(change.field) ?? change) === endOf(change));
}
