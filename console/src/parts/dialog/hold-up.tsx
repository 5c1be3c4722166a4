import type { holdUpOf } from '../../api/late';
import { texts } from '../../texts';
import { Mark } from '../outcome/mark';

const words = texts.parts.starts;

/** That a tenant is paused keeps from what is asked for by hand too. */
export type Held = ReturnType<typeof holdUpOf> | 'paused';

/** A line on what keeps what is asked for from starting at once, where something does. */
export const HoldUp = ({ of }: { of: Held }) =>
  of && (
    <p>
      <Mark of={of === 'paused' ? 'paused' : 'missed'}>{words[of]}</Mark>
    </p>
  );

/** What is said once it was asked for. */
export const saidOf = (of: Held): string => (of === 'idle' ? words.waits : words.done);
