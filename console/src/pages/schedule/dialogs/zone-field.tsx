import { useMemo } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import choice from '../../../parts/form/choice.module.css';
import field from '../../../parts/form/field.module.css';
import { useSaid } from '../../../parts/form/told';

type Props = { label: string; value: string; onChange: (zone: string) => void; error?: string | undefined };

/** A time zone by its IANA name; the browser's own list helps, and others that the server knows can be typed. */
export function ZoneField({ label, value, onChange, error }: Props) {
  const said = useSaid({ name: 'timezone', error }, value);
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')].map((id) => ({ id })), []);
  return (
    <ComboBox
      className={field.field}
      allowsCustomValue
      defaultItems={zones}
      inputValue={value}
      onInputChange={onChange}
      isInvalid={Boolean(said)}
      menuTrigger="input"
    >
      <Label className={field.label}>{label}</Label>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr auto' }}>
        <Input className={field.input} spellCheck="false" />
        <Button className={choice.button} aria-label={label}>
          ⌄
        </Button>
      </div>
      <FieldError className={field.error}>{said}</FieldError>
      <Popover className={choice.popover}>
        <ListBox className={choice.list}>
          {(zone: { id: string }) => (
            <ListBoxItem id={zone.id} className={choice.option}>
              {zone.id}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
