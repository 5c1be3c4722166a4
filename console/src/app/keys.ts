import { useLayoutEffect, useSyncExternalStore } from 'react';

export type Key = { keys: string; text: string; act: () => void; group?: 'everywhere' | 'lists' };

const registered = new Set<readonly Key[]>();
const listeners = new Set<() => void>();
let all: readonly Key[] = [];
let before = '';
let timer: ReturnType<typeof setTimeout> | undefined;

function changed(): void {
  all = [...registered].flat();
  listeners.forEach((tell) => tell());
}

/** Whether somebody is typing, or a dialog has the keyboard: then single letters are not commands. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  const typing = target?.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], [role=listbox], [role=menu]');
  return Boolean(typing) || document.querySelector('[role=dialog], [role=menu]') !== null;
}

/** Nothing opens over what must be answered first. */
export const isHeld = () => document.querySelector('[role=alertdialog]') !== null;

/** The name of a press: `g`, `?`, `Ctrl+k`. A Mac's Command counts as Ctrl. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.key}`;
}

/** Finds what a press asks for, by itself or behind the press before it. */
export function find(keys: readonly Key[], previous: string, press: string): Key | undefined {
  // What was registered last is nearest to what is looked at.
  return keys.findLast((key) => key.keys === `${previous} ${press}`) ?? keys.findLast((key) => key.keys === press);
}

function onKeyDown(event: KeyboardEvent): void {
  const press = nameOf(event);
  if (event.defaultPrevented || event.isComposing || isHeld() || (isTaken(event) && !press.startsWith('Ctrl+'))) {
    return;
  }
  const key = find(all, before, press);
  before = key ? '' : press;
  clearTimeout(timer);
  timer = setTimeout(() => (before = ''), 1_000);
  if (key) {
    event.preventDefault();
    key.act();
  }
}

export function beginKeys(): void {
  addEventListener('keydown', onKeyDown);
}

/** Keys that work for as long as the component is shown. `keys` must keep its identity between renders (useMemo). */
export function useKeys(keys: readonly Key[]): void {
  // Before the page is drawn: a key that is named on it works.
  useLayoutEffect(() => {
    registered.add(keys);
    changed();
    return () => {
      registered.delete(keys);
      changed();
    };
  }, [keys]);
}

export function useAllKeys(): readonly Key[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => all,
  );
}
