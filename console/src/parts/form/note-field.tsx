import { Field } from './field';

type Props = { words: { note: string; noteHint?: string; noteMissing: string }; value: string; onChange: (value: string) => void };

/** Why somebody does something: it stands first in its dialog, and nothing is done without it. */
export const NoteField = ({ words, value, onChange }: Props) => (
  <Field
    label={words.note}
    hint={words.noteHint}
    value={value}
    onChange={onChange}
    maxLength={512}
    name="note"
    missing={value.trim() === '' ? words.noteMissing : undefined}
    isRequired
    autoFocus
  />
);
