import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { meanAnew } from '../../api/once';
import { texts } from '../../texts';
import { Button } from '../button';
import { Problem } from '../feedback/problem';
import { TellsFields, useTold } from '../form/told';
import { Dialog } from './dialog';
import styles from './dialog.module.css';

type Props = {
  title: string;
  /** Says what will be done: "Pause", "Run now". */
  submit: string;
  look?: 'main' | 'danger';
  /** What is still wanted that no field asks for. */
  missing?: string | undefined;
  /** Whether what would be done is being looked up, which is shown before it can be done. */
  ahead?: boolean;
  wide?: boolean;
  /** What is said of an error by whoever knows more of it; nothing for any other error. */
  instead?: (error: unknown) => ReactNode;
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
};

const id = 'form-dialog';
const show = (place: Element | null) => place?.scrollIntoView({ block: 'nearest' });

/**
 * Asks for a few fields, sends them, and closes when it is done. What is still missing is said once somebody presses the button, and what was refused is
 * said at the fields that are to blame; what is about no field of the form stands above them.
 */
export function FormDialog({ title, submit, look = 'main', missing, ahead = false, wide = false, instead, onSubmit, onClose, children }: Props) {
  const [error, setError] = useState<unknown>();
  const [sent, setSent] = useState(0);
  const [pressed, setPressed] = useState(0);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { told, elsewhere, isAtFields } = useTold(error, sent, pressed > 0);
  useEffect(meanAnew, []);
  useEffect(() => {
    if (pressed > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [pressed]);
  async function send(): Promise<void> {
    setBusy(true);
    setSent(sent + 1);
    setError(undefined);
    try {
      await onSubmit();
      onClose();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide={wide}
      footer={
        <>
          {pressed > 0 && missing && (
            <span key={pressed} className={styles.missing} role="alert">
              {missing}
            </span>
          )}
          <Button onPress={onClose}>{texts.parts.dialog.cancel}</Button>
          <Button look={look} type="submit" form={id} isDisabled={ahead} isPending={busy}>{submit}</Button>
        </>
      }
    >
      {error !== undefined && !isAtFields && (
        <div ref={show}>
          {instead?.(error) ?? <Problem error={error} compact fields={elsewhere} />}
        </div>
      )}
      <Form
        id={id}
        ref={form}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing || told.lacking.size > 0) {
            setPressed(pressed + 1);
          } else if (!busy) {
            void send();
          }
        }}
        style={{ display: 'grid', gap: 14 }}
      >
        <TellsFields told={told}>{children}</TellsFields>
      </Form>
    </Dialog>
  );
}
