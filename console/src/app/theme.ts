import { useSyncExternalStore } from 'react';
import { remember, remembered } from './remembered';

export type Theme = 'system' | 'light' | 'dark';

const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen: Theme = (remembered('theme') as Theme | null) ?? 'system';

function apply(): void {
  const shown = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen;
  document.documentElement.dataset.theme = shown;
}

export function setTheme(theme: Theme): void {
  chosen = theme;
  remember('theme', theme);
  apply();
  listeners.forEach((tell) => tell());
}

export function beginTheme(): void {
  apply();
  dark.addEventListener('change', apply);
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => chosen,
  );
}
