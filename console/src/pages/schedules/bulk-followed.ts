import { useSyncExternalStore } from 'react';
import { onForget } from '../../app/forget';

export type Followed = { tenant: string; id: string };

let followed: readonly Followed[] = [];
const listeners = new Set<() => void>();

function set(changed: readonly Followed[]): void {
  followed = changed;
  listeners.forEach((tell) => tell());
}

onForget(() => set([]));

/** Shows how far a change of many is, from now on, until somebody has seen how it ended. */
export const follow = (one: Followed): void => set([...followed.filter(({ id }) => id !== one.id), one]);

export const unfollow = (id: string): void => set(followed.filter((one) => one.id !== id));

export const useFollowed = (): readonly Followed[] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => followed,
  );
