import type { ListedSchedule, Pause } from '../../api/types';

/** A pause, and one of the schedules that it holds, which says what it lies over; none where that is the tenant or the host that is looked at. */
export type Held = { pause: Pause; of?: ListedSchedule | undefined };

const thingOf = ({ layer }: Pause, { tenant, installId, id }: ListedSchedule) =>
  ({ host: 'host', tenant: `tenant ${tenant}`, install: `${tenant} ${installId}` })[layer] ?? id;

/** Each pause in force once, of those over some schedules; `above` is that of the tenant or the host as a whole. */
export function pausesOver(schedules: readonly ListedSchedule[], above: Pause | null | undefined): Held[] {
  const found = new Map<string, Held>();
  for (const schedule of schedules) {
    for (const pause of schedule.pauses ?? []) {
      if (pause.layer !== above?.layer) {
        found.set(thingOf(pause, schedule), { pause, of: schedule });
      }
    }
  }
  return [...(above ? [{ pause: above }] : []), ...found.values()];
}

/** Those that hold something in a time, by what is known of their ends. */
export const covering = <T extends { pause: Pick<Pause, 'since' | 'until'> }>(held: readonly T[], from: string, to: string): T[] =>
  held.filter(({ pause: { since, until } }) => Date.parse(since) < Date.parse(to) && (!until || Date.parse(until) > Date.parse(from)));
