import { texts } from '../../texts';
import { Button } from '../button';
import { ownZone, zoneHint } from '../time/format';
import { isTaken, readTime } from '../time/parse';
import { Field } from './field';
import styles from './field.module.css';
import type { Telling } from './told';

const words = texts.parts.time;

type Props = Telling & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** On whose clocks it is read; without one on the reader's own. */
  zone: string | undefined;
  placeholder?: string;
  autoFocus?: boolean;
};

/** A time on the clocks of a zone: says when they leave it out, and which of the two is meant where they show it twice. */
export function TimeField({ zone, ...props }: Props) {
  const read = readTime(props.value, zone ?? ownZone());
  const hint = zone === undefined ? words.onOwnClocks(ownZone()) : zoneHint(zone);
  const { other } = read ?? {};
  const error = props.error ?? (read && !isTaken(read.at) ? words.notTaken : undefined);
  return (
    <div className={styles.time}>
      <Field {...props} error={error} zone={zone ?? ownZone()} mono hint={[hint, read?.clocks && words.clocks[read.clocks](read.typed, read.shown)].filter(Boolean).join(' ')} />
      {other && (
        <Button look="quiet" onPress={() => props.onChange(other)}>
          {read?.clocks === 'second' ? words.clocks.takeFirst : words.clocks.takeSecond}
        </Button>
      )}
    </div>
  );
}
