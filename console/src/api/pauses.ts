import { realTimeTo } from '../app/clock';
import type { Pause } from './types';

const [soonest, latest] = [1_000, 3_600_000];

/** In how many milliseconds to look again at what is paused, or never: a pause that ends by itself is told of by no event. */
export function untilOneEnds(pauses: ReadonlyArray<Pick<Pause, 'until'> | null | undefined> | null | undefined): number | false {
  const ends = (pauses ?? []).flatMap((pause) => (pause?.until ? [realTimeTo(pause.until)] : []));
  return ends.length > 0 && Math.min(latest, Math.max(soonest, Math.min(...ends) + 200));
}
