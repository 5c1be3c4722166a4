import { skippedBy } from '../api/skips';
import type { FieldChange } from '../api/types';
import { now } from '../app/clock';
import { texts } from '../texts';
import { withTimes } from './time/format';

const words = texts.schedule.changes;

/** A value in a line: of what has a note, such as a pause or a skip, the note; of anything else its JSON. */
export function show(value: unknown, zone?: string): string {
  if (value === undefined || value === null) {
    return words.nothing;
  }
  if (typeof value === 'string') {
    return withTimes(value, now(), zone);
  }
  const note = noteOf(value);
  return note !== undefined ? words.note(note) : JSON.stringify(value);
}

function noteOf(value: unknown): string | undefined {
  const note = typeof value === 'object' && value !== null && 'note' in value ? value.note : undefined;
  return typeof note === 'string' ? note : undefined;
}

/** The fields that are another after a change: some are written with it though they stay. */
export const changedFields = (changes: readonly FieldChange[]): readonly FieldChange[] =>
  changes.filter(({ before, after, largeBefore, largeAfter }) => JSON.stringify([before, largeBefore]) !== JSON.stringify([after, largeAfter]));

/** A field of a change in a line: an occurrence that was skipped, or is no more, as that; anything else before and after. */
export function lineOf(change: FieldChange, zone?: string): string {
  const skipped = skippedBy(change.field);
  if (skipped !== undefined) {
    const at = withTimes(skipped, now(), zone);
    return change.after ? words.skipped(at, noteOf(change.after)) : words.skippedNoMore(at);
  }
  return words.field(
    withTimes(change.field, now(), zone),
    show(change.largeBefore?.sha256 ?? change.before, zone),
    show(change.largeAfter?.sha256 ?? change.after, zone),
  );
}

/** The fields of a change, each before and after. A value that is too large for the audit is named by its hash. */
export function FieldChanges({ changes, zone }: { changes: readonly FieldChange[]; zone?: string }) {
  return (
    <>
      {changedFields(changes).map((change) => (
        <small key={change.field}>{lineOf(change, zone)}</small>
      ))}
    </>
  );
}
