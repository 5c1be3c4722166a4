import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField, type TextFieldProps } from 'react-aria-components/TextField';
import { texts } from '../../texts';
import styles from './field.module.css';
import { useSaid, type Telling } from './told';

type Props = Omit<TextFieldProps, 'className' | 'children' | 'name'> &
  Telling & {
    label: string;
    hint?: string | undefined;
    rows?: number;
    mono?: boolean;
    placeholder?: string;
  };

/** A labelled field of text. What is wrong with it stands below it, and is said with it. */
export function Field({ label, hint, name, error, missing, zone, rows, mono, placeholder, ...props }: Props) {
  const { value = '', maxLength } = props;
  const said = useSaid({ name, error, missing, zone }, value);
  const room = maxLength !== undefined && value.length >= maxLength * 0.9 ? texts.parts.field.room(value.length, maxLength) : undefined;
  const look = `${styles.input} ${mono ? styles.mono : ''}`;
  return (
    <TextField {...props} isInvalid={Boolean(said)} className={styles.field}>
      <Label className={styles.label}>{label}</Label>
      {rows ? <TextArea className={look} rows={rows} placeholder={placeholder} /> : <Input className={look} placeholder={placeholder} />}
      {/* Always there: what comes later would not be said with the field. */}
      <Text slot="description" className={styles.hint}>{[hint, room].filter(Boolean).join(' ')}</Text>
      <FieldError className={styles.error}>{said}</FieldError>
    </TextField>
  );
}
