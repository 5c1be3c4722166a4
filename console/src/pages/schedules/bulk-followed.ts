import { useSyncExternalStore } from 'react';
import { onForget } from '../../app/forget';

/** A change of many; those of several tenants that were begun together have one `group`. */
export type Followed = { tenant: string; id: string; group: string };

let followed: readonly Followed[] = [];
const listeners = new Set<() => void>();

function set(changed: readonly Followed[]): void {
  followed = changed;
  listeners.forEach((tell) => tell());
}

onForget(() => set([]));

/** Shows how far a change of many is, from now on, until somebody has seen how it ended. */
export const follow = (one: Followed): void => set([...followed.filter(({ id }) => id !== one.id), one]);

export const unfollow = (ids: readonly string[]): void => set(followed.filter(({ id }) => !ids.includes(id)));

export const useFollowed = (): readonly Followed[] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => followed,
  );
