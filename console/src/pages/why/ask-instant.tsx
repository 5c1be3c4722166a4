import { useId, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../../parts/button';
import { Field } from '../../parts/form/field';
import { zoneHint } from '../../parts/time/format';
import { parseTime } from '../../parts/time/parse';
import { texts } from '../../texts';
import styles from './why.module.css';

const words = texts.why;

/** Any instant, typed on the schedule's clocks. */
export function AskInstant({ zone, onInstant }: { zone: string; onInstant: (instant: string) => void }) {
  const clocks = useId();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  function ask(): void {
    const instant = parseTime(typed, zone);
    setWrong(!instant);
    if (instant) {
      onInstant(instant);
    }
  }
  return (
    <>
      <Form className={styles.ask} validationBehavior="aria" onSubmit={(event) => { event.preventDefault(); ask(); }}>
        <Field
          label={words.ask}
          aria-describedby={clocks}
          placeholder="2026-11-27 06:10"
          value={typed}
          onChange={setTyped}
          error={wrong ? words.wrong : undefined}
          mono
        />
        <Button type="submit">{words.submit}</Button>
      </Form>
      <p id={clocks} className={styles.zone}>{zoneHint(zone)}</p>
    </>
  );
}
