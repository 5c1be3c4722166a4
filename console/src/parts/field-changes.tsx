import type { FieldChange } from '../api/types';
import { texts } from '../texts';

const words = texts.schedule.changes;

function show(value: unknown): string {
    return value === undefined || value === null ? words.nothing : typeof value === 'string' ? value : JSON.stringify(value);
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
