import { useEffect, useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { meanAnew } from '../../api/once';
import { Refused } from '../../api/problem';
import { texts } from '../../texts';
import { Button } from '../button';
import { Problem } from '../feedback/problem';
import { Dialog } from './dialog';

type Props = {
  title: string;
  /** Says what will be done: "Pause", "Run now". */
  submit: string;
  look?: 'main' | 'danger';
  ready?: boolean;
  wide?: boolean;
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  /** Given the server's messages, by field. */
  children: (errors: Readonly<Record<string, string>>) => ReactNode;
};

/** Asks for a few fields, sends them, shows what was refused at the fields that are to blame, and closes when it is done. */
export function FormDialog({ title, submit, look = 'main', ready = true, wide = false, onSubmit, onClose, children }: Props) {
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  useEffect(meanAnew, []);
  async function send(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit();
      onClose();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }
  const errors = error instanceof Refused ? error.errors : {};
  const id = 'form-dialog';
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide={wide}
      footer={
        <>
          <Button onPress={onClose}>{texts.parts.dialog.cancel}</Button>
          <Button look={look} type="submit" form={id} isDisabled={!ready} isPending={busy}>{submit}</Button>
        </>
      }
    >
      <Form
        id={id}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) {
            void send();
          }
        }}
        style={{ display: 'grid', gap: 14 }}
      >
        {children(errors)}
      </Form>
      {error !== undefined && Object.keys(errors).length === 0 && <Problem error={error} compact />}
    </Dialog>
  );
}
