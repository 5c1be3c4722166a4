import type { holdUpOf } from '../../api/late';
import { texts } from '../../texts';
import { Mark } from '../outcome/mark';

const words = texts.parts.starts;

export type Held = ReturnType<typeof holdUpOf>;

/** A line on what keeps what is asked for from starting at once, where something does. */
export const HoldUp = ({ of }: { of: Held }) =>
  of && (
    <p>
      <Mark of="missed">{words[of]}</Mark>
    </p>
  );

/** What is said once it was asked for. */
export const saidOf = (of: Held): string => (of === 'idle' ? words.waits : words.done);
