import type { FieldChange } from '../api/types';
import { texts } from '../texts';

const words = texts.schedule.changes;

/** A value in a line: of what has a note, such as a pause or a skip, the note; of anything else its JSON. */
export function show(value: unknown): string {
  if (value === undefined || value === null) {
    return words.nothing;
  }
  if (typeof value === 'string') {
    return value;
  }
  const note = typeof value === 'object' && 'note' in value ? value.note : undefined;
  return typeof note === 'string' ? words.note(note) : JSON.stringify(value);
}

/** The fields of a change, each before and after. A value that is too large for the audit is named by its hash. */
export function FieldChanges({ changes }: { changes: readonly FieldChange[] }) {
    return (
        <>
            {changes.map((change) => (
                <small key={change.field}>
                    {words.field(change.field, show(change.largeBefore?.sha256 ?? change.before), show(change.largeAfter?.sha256 ?? change.after))}
                </small>
            ))}
        </>
    );
}
