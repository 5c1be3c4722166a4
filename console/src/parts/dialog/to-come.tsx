import { now } from '../../app/clock';
import { texts } from '../../texts';
import { Sentence } from '../sentence';
import { When } from '../time/when';

const words = texts.parts.toCome;

type Props = {
  /** How many would run within seven days. */
  runs: number;
  /** The first of them, where one schedule is meant. */
  next?: string | null | undefined;
  zone?: string | undefined;
  /** How many run now; `more`: at least. */
  underWay: number;
  more?: boolean;
};

/** What will not run any more, and what still ends. */
export const ToCome = ({ runs, next, zone, underWay, more = false }: Props) => (
  <>
    <p>
      {words.runs(runs)}{' '}
      {next && Date.parse(next) > now() && (
        <Sentence of={words.next} at={<When at={next} zone={zone} />} />
      )}
    </p>
    {underWay > 0 && <p>{words.underWay(underWay, more)}</p>}
  </>
);
