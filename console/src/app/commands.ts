import { useEffect, useSyncExternalStore } from 'react';

/** Something that can be done from the palette. */
export type Command = { id: string; text: string; hint?: string; act: () => void; rare?: boolean };

const registered = new Set<readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

function changed(): void {
  // What the page that is looked at offers comes first, what is rarely wanted last.
  all = [...registered].reverse().flat().sort((a, b) => Number(a.rare ?? false) - Number(b.rare ?? false));
  listeners.forEach((tell) => tell());
}

/** Commands that the palette offers for as long as the component is shown. Keep the list's identity between renders (useMemo). */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    registered.add(commands);
    changed();
    return () => {
      registered.delete(commands);
      changed();
    };
  }, [commands]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => all,
  );
}
