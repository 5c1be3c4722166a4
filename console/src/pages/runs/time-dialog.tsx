import { useState } from 'react';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { Field } from '../../parts/form/field';
import { parseTime } from '../../parts/time/parse';
import { texts } from '../../texts';
import type { RunFilters } from './search';

const words = texts.runs.time;
const shown = (at: string | undefined) => at?.replace('T', ' ').replace(/(:00)?\.000Z$/, '') ?? '';

/** Between which instants runs are due; an end that is left empty is none. */
export function TimeDialog({ of: { from, to }, onTime, onClose }: { of: RunFilters; onTime: (time: RunFilters) => void; onClose: () => void }) {
  const [typed, setTyped] = useState({ from: shown(from), to: shown(to) });
  const read = (text: string) => (text.trim() === '' ? undefined : (parseTime(text, 'UTC') ?? null));
  const [begin, end] = [read(typed.from), read(typed.to)];
  const wrong = (value: string | null | undefined) => (value === null ? words.wrong : undefined);
  return (
    <FormDialog
      title={words.title}
      submit={words.submit}
      onSubmit={async () => onTime({ within: undefined, from: begin ?? undefined, to: end ?? undefined })}
      onClose={onClose}
    >
      <Field
        label={words.from}
        hint={words.hint}
        value={typed.from}
        onChange={(from) => setTyped({ ...typed, from })}
        error={wrong(begin)}
        mono
        autoFocus
      />
      <Field label={words.to} value={typed.to} onChange={(to) => setTyped({ ...typed, to })} error={wrong(end)} mono />
    </FormDialog>
  );
}
