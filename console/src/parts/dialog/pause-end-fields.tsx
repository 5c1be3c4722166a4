import { now } from '../../app/clock';
import { texts } from '../../texts';
import { Choice } from '../form/choice';
import { TimeField } from '../form/time-field';
import { ownZone } from '../time/format';
import { untilOf, type PauseEnd } from './pause-end';

const words = texts.schedule.dialogs.pause;

type Props = {
  end: PauseEnd;
  onChange: (end: PauseEnd) => void;
  /** That of the schedule; of more than one thing it is the reader’s own. */
  zone: string | undefined;
};

/** Asks when a pause ends by itself: after a while, or at a time on the clocks that are named. */
export function PauseEndFields({ end, onChange, zone }: Props) {
  const { wrong } = untilOf(end, zone ?? ownZone(), now());
  return (
    <>
      <Choice label={words.until} value={end.ends} options={words.durations} onChange={(ends) => onChange({ ...end, ends })} />
      {end.ends === 'at' && (
        <TimeField
          label={words.at}
          zone={zone}
          value={end.at}
          onChange={(at) => onChange({ ...end, at })}
          name="until"
          error={wrong && words.wrong[wrong]}
          autoFocus
        />
      )}
    </>
  );
}
