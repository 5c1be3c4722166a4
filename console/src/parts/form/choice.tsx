import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import styles from './choice.module.css';
import field from './field.module.css';
import { useSaid } from './told';

type Props<T extends string> = {
  label: string;
  /** Whether the label is shown, or only said. */
  quiet?: boolean;
  value: T;
  options: ReadonlyArray<{ value: T; text: string; hint?: string }>;
  onChange: (value: T) => void;
  /** As the server's messages call it. */
  name?: string;
};

/** One of a few. */
export function Choice<T extends string>({ label, quiet, value, options, onChange, name }: Props<T>) {
  const said = useSaid({ name }, value);
  return (
    <Select
      className={styles.choice}
      value={value}
      onChange={(key) => onChange(key as T)}
      isInvalid={Boolean(said)}
      {...(quiet ? { 'aria-label': label } : {})}
    >
      {!quiet && <Label className={styles.label}>{label}</Label>}
      <Button className={styles.button}>
        <SelectValue className={styles.value}>{({ selectedText }) => selectedText}</SelectValue>
        <span aria-hidden="true">⌄</span>
      </Button>
      <FieldError className={field.error}>{said}</FieldError>
      <Popover className={styles.popover}>
        <ListBox className={styles.list}>
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.text} className={styles.option}>
              {option.text}
              {option.hint && <small className={styles.hint}>{option.hint}</small>}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
