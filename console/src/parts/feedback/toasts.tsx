import { useSyncExternalStore } from 'react';
import { onForget } from '../../app/forget';
import { texts } from '../../texts';
import { Button, IconButton } from '../button';
import { explain } from './problem';
import styles from './toasts.module.css';

type Things = string | readonly string[] | undefined;
type Toast = { id: number; text: string; tone: 'done' | 'fail'; undo?: (() => Promise<unknown>) | undefined; of?: Things };

let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

function set(changed: readonly Toast[]): void {
  toasts = changed;
  listeners.forEach((tell) => tell());
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

// An undo would be carried out by whoever is signed in then.
onForget(() => {
  timers.forEach((timer) => clearTimeout(timer));
  timers.clear();
  set([]);
});

// Long enough to read and to take back; what is to be undone can be undone later too, in the audit.
function goLater(toast: Toast): void {
  timers.set(toast.id, setTimeout(() => dismiss(toast.id), toast.undo ? 20_000 : 8_000));
}

/** What is said once one more thing was done: nothing that was done before to the same thing, whose undo is over with it. */
export function joined<T extends { of?: Things }>(said: readonly T[], one: T): readonly T[] {
  const things = thingsOf(one);
  return [...said.filter((before) => !thingsOf(before).some((thing) => things.includes(thing))).slice(-3), one];
}

const thingsOf = ({ of }: { of?: Things }): readonly string[] => (of === undefined ? [] : typeof of === 'string' ? [of] : of);

/** Says that something was done, and offers to take it back where that can be. `of` is the id of what it was done to, or the ids. */
export function say(text: string, undo?: () => Promise<unknown>, of?: Things): void {
  const toast: Toast = { id: next++, text, tone: 'done', undo, of };
  set(joined(toasts, toast));
  goLater(toast);
}

/** Says what went wrong with something that has no place of its own on the page. Stays until it is dismissed. */
export function sayProblem(error: unknown): void {
  const { title, detail, attempt } = explain(error);
  set([...toasts.slice(-3), { id: next++, text: [detail ?? title, attempt].filter(Boolean).join(' '), tone: 'fail' }]);
}

async function takeBack(toast: Toast): Promise<void> {
  dismiss(toast.id);
  try {
    await toast.undo?.();
    say(texts.parts.toast.undone, undefined, toast.of);
  } catch (error) {
    sayProblem(error);
  }
}

export function Toasts() {
  const shown = useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => toasts);
  const hold = () => shown.forEach((toast) => clearTimeout(timers.get(toast.id)));
  const release = () => shown.forEach((toast) => toast.tone === 'done' && goLater(toast));
  return (
    <section className={styles.region} aria-label={texts.parts.toast.region} onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <div aria-live="polite" aria-atomic="false" className={styles.list}>
        {shown.map((toast) => (
          <div key={toast.id} className={`${styles.toast} ${styles[toast.tone]}`} role={toast.tone === 'fail' ? 'alert' : undefined}>
            <span>{toast.text}</span>
            {toast.undo && <Button look="quiet" onPress={() => void takeBack(toast)}>{texts.parts.toast.undo}</Button>}
            <IconButton name={texts.parts.toast.dismiss} onPress={() => dismiss(toast.id)}>✕</IconButton>
          </div>
        ))}
      </div>
    </section>
  );
}
