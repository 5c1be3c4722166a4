import type { LayerAt } from '../../api/layers';
import type { ListedSchedule, Pause } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { texts } from '../../texts';

/** A pause, and one of the schedules that it holds, which says what it lies over; none where that is the tenant or the host that is looked at. */
export type Held = { pause: Pause; of?: ListedSchedule | undefined };

export type Over = { at: LayerAt; name: string };

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

/** Those among them that hold all there is of a tenant, or of all tenants. */
export const holdingAll = (held: readonly Held[], scope: string): Held[] =>
  held.filter(({ pause: { layer } }) => layer === 'host' || (layer === 'tenant' && !isAll(scope)));

/** What a pause lies over that is ended elsewhere than at a schedule, and what that is called; nothing for one of a schedule's own. */
export function layerOf({ layer }: Pause, { tenant, installId }: { tenant: string; installId: string }, extension?: string): Over | undefined {
  switch (layer) {
    case 'host':
      return { at: { layer }, name: texts.parts.pause.layers.host ?? layer };
    case 'tenant':
      return { at: { layer, tenant }, name: tenant };
    case 'install':
      return { at: { layer, tenant, installId }, name: extension ?? installId };
    default:
      return undefined;
  }
}

/** Whether a schedule holds itself without that anybody asked for it: it failed too often, or its endpoint is gone. */
export const pausedItself = ({ pauses }: Pick<ListedSchedule, 'pauses'>): boolean =>
  pauses?.some((pause) => pause.layer === 'schedule' && pause.cause !== 'asked') ?? false;

/** Those that hold something in a time, by what is known of their ends. */
export const covering = <T extends { pause: Pick<Pause, 'since' | 'until'> }>(held: readonly T[], from: string, to: string): T[] =>
  held.filter(({ pause: { since, until } }) => Date.parse(since) < Date.parse(to) && (!until || Date.parse(until) > Date.parse(from)));
