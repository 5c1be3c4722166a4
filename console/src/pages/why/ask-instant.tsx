import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../../parts/button';
import { TimeField } from '../../parts/form/time-field';
import { isTaken, parseTime } from '../../parts/time/parse';
import { texts } from '../../texts';
import styles from './why.module.css';

const words = texts.why;

/** Any instant, typed on the schedule's clocks. */
export function AskInstant({ zone, onInstant }: { zone: string; onInstant: (instant: string) => void }) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  function ask(): void {
    const instant = parseTime(typed, zone);
    setWrong(!instant);
    if (instant && isTaken(instant)) {
      onInstant(instant);
    }
  }
  return (
    <Form className={styles.ask} validationBehavior="aria" onSubmit={(event) => { event.preventDefault(); ask(); }}>
      <TimeField
        label={words.ask}
        placeholder={words.example}
        value={typed}
        onChange={setTyped}
        zone={zone}
        error={wrong ? words.wrong : undefined}
      />
      <Button type="submit">{words.submit}</Button>
    </Form>
  );
}
