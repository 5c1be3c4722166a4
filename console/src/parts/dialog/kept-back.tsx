import { useQuery, type QueryKey } from '@tanstack/react-query';
import { farthest } from '../../api/to-come';
import { now } from '../../app/clock';
import { texts } from '../../texts';
import { Sentence } from '../sentence';
import { FromNow, When } from '../time/when';
import { untilOf, type PauseEnd } from './pause-end';
import { previewQuery, useSettled } from './preview-query';

const words = texts.schedule.dialogs.pause;
const week = 7 * 24 * 3_600_000;

/** How many occurrences would come due until an instant. */
export type CountToCome = (until: number, signal: AbortSignal) => Promise<number>;

/** What a pause would keep back until it ends, as things stand; of one without an end what that is of seven days. */
export function KeptBack({ of, end, zone, count }: { of: QueryKey; end: PauseEnd; zone: string; count: CountToCome }) {
  const key = ['kept-back', ...of, end];
  const { wrong } = untilOf(end, zone, now());
  const { data } = useQuery(
    previewQuery(key, useSettled(key), !wrong, async (signal) => {
      const { until } = untilOf(end, zone, now());
      const away = until ? Date.parse(until) - now() : week;
      const runs = await count(now() + Math.min(away, farthest), signal);
      return { until, said: !until ? words.keepsOfWeek(runs) : away > farthest ? words.keepsOfMonth(runs) : words.keeps(runs) };
    }),
  );
  return (
    <p role="status">
      {data && !wrong ? (
        <>
          {data.until && <Sentence of={words.endsAt} at={<When at={data.until} zone={zone} />} away={<FromNow at={data.until} zone={zone} />} />} {data.said}
        </>
      ) : (
        <>&nbsp;</>
      )}
    </p>
  );
}
