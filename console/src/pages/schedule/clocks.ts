import type { SchedulePreview } from '../../api/types';
import { texts } from '../../texts';

const often = 8 * 24 * 3_600_000;

type Occurrences = readonly Pick<SchedulePreview['occurrences'][number], 'at' | 'note' | 'offsetChanged'>[];

/**
 * What the clocks do to one of some occurrences: they skip its time or show it twice; or it is the first with another offset, of a schedule that is due at
 * least weekly. One that is due seldom has nearly always another offset than before, and nothing happens to it.
 */
export function clocksOf(occurrences: Occurrences, place: number): string | undefined {
  const of = (at: number) => Date.parse(occurrences[at]?.at ?? '');
  const one = occurrences[place];
  const apart = place > 0 ? of(place) - of(place - 1) : of(place + 1) - of(place);
  return one?.note ?? (one?.offsetChanged && apart < often ? texts.schedule.next.clocks : undefined);
}
