import { useSyncExternalStore } from 'react';
import { remember, remembered } from '../../app/remembered';

/** How all times of the console are shown: on the schedule's clocks, in UTC, or from now. The key `u` goes round. */
export type TimeMode = 'zone' | 'utc' | 'relative';

const modes: readonly TimeMode[] = ['zone', 'utc', 'relative'];
const listeners = new Set<() => void>();
let mode: TimeMode = modes.find((known) => known === remembered('times')) ?? 'zone';

export function nextTimeMode(): TimeMode {
  mode = modes[(modes.indexOf(mode) + 1) % modes.length] as TimeMode;
  remember('times', mode);
  listeners.forEach((tell) => tell());
  return mode;
}

/** The zone of clocks that are no `When`, such as an axis: the one that is given, or UTC where somebody chose that. */
export const useShownZone = (zone: string) => (useTimeMode() === 'utc' ? 'UTC' : zone);

export const useTimeMode = () =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => mode);
