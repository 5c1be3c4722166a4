import { useLayoutEffect, useSyncExternalStore } from 'react';
import { onForget } from '../../app/forget';
import { texts } from '../../texts';
import { Button, IconButton } from '../button';
import { explain } from './problem';
import styles from './toasts.module.css';

type Things = string | readonly string[] | undefined;

/**
 * A way back that is no undo of all of it: what it is called, and what says afterwards how much of it there was. One that can end by itself is asked whether
 * it is over, and what is to be said then.
 */
type Way = { name: string; act: () => Promise<string>; over?: () => Promise<string | undefined> };
type Toast = { id: number; text: string; tone: 'done' | 'fail'; way?: Way | undefined; of?: Things };

const words = texts.parts.toast;

let toasts: readonly Toast[] = [];
let next = 1;
let over = 0;
const none: readonly Toast[] = [];
const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

function set(changed: readonly Toast[]): void {
  toasts = changed;
  tellAll();
}

function tellAll(): void {
  listeners.forEach((tell) => tell());
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

// An undo would be carried out by whoever is signed in then.
onForget(() => {
  stopTime();
  set([]);
});

function stopTime(): void {
  timers.forEach((timer) => clearTimeout(timer));
  timers.clear();
}

// Long enough to read and to take back; what is to be undone can be undone later too, in the audit.
function goLater(toast: Toast): void {
  if (over > 0 || toast.tone === 'fail') {
    return;
  }
  clearTimeout(timers.get(toast.id));
  timers.set(toast.id, setTimeout(() => dismiss(toast.id), toast.way ? 20_000 : 8_000));
}

/** What is said once one more thing was done: nothing that was done before to the same thing, whose undo is over with it. */
export function joined<T extends { of?: Things }>(said: readonly T[], one: T): readonly T[] {
  const things = thingsOf(one);
  return [...said.filter((before) => !thingsOf(before).some((thing) => things.includes(thing))).slice(-3), one];
}

const thingsOf = ({ of }: { of?: Things }): readonly string[] => (of === undefined ? [] : typeof of === 'string' ? [of] : of);

/** Says that something was done, and offers to take it back where that can be. `of` is the id of what it was done to, or the ids. */
export function say(text: string, back?: (() => Promise<unknown>) | Way, of?: Things): void {
  const way = typeof back === 'function' ? undoBy(back) : back;
  const toast: Toast = { id: next++, text, tone: 'done', way, of };
  set(joined(toasts, toast));
  goLater(toast);
  if (way?.over) {
    lookLater(toast.id, way.over);
  }
}

// As long as it is shown.
function lookLater(id: number, over: () => Promise<string | undefined>): void {
  setTimeout(async () => {
    const said = toasts.some((toast) => toast.id === id) ? await over().catch(() => undefined) : undefined;
    const toast = toasts.find((toast) => toast.id === id);
    if (toast && said !== undefined) {
      const { way: _, ...without } = toast;
      const ended = { ...without, text: said };
      set(toasts.map((one) => (one === toast ? ended : one)));
      goLater(ended);
    } else if (toast) {
      lookLater(id, over);
    }
  }, 2_000);
}

const undoBy = (undo: () => Promise<unknown>): Way => ({ name: words.undo, act: () => undo().then(() => words.undone) });

/** Says what went wrong with something that has no place of its own on the page. Stays until it is dismissed. */
export function sayProblem(error: unknown): void {
  const { title, detail, attempt } = explain(error);
  set([...toasts.slice(-3), { id: next++, text: [detail ?? title, attempt].filter(Boolean).join(' '), tone: 'fail' }]);
}

/**
 * For what lies over the whole page: as long as it is there, what is said waits, and so does its time. It would lie over buttons there, and a press on it would
 * reach what is under it.
 */
export function useSilence(): void {
  useLayoutEffect(() => {
    over++;
    stopTime();
    tellAll();
    return () => {
      over--;
      toasts.forEach(goLater);
      tellAll();
    };
  }, []);
}

async function take({ id, way, of }: Toast): Promise<void> {
  dismiss(id);
  try {
    if (way) {
      say(await way.act(), undefined, of);
    }
  } catch (error) {
    sayProblem(error);
  }
}

export function Toasts() {
  const shown = useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => (over > 0 ? none : toasts));
  const release = () => shown.forEach(goLater);
  return (
    <section className={styles.region} aria-label={words.region} onPointerEnter={stopTime} onPointerLeave={release} onFocus={stopTime} onBlur={release}>
      <div aria-live="polite" aria-atomic="false" className={styles.list}>
        {shown.map((toast) => (
          <div key={toast.id} className={`${styles.toast} ${styles[toast.tone]}`} role={toast.tone === 'fail' ? 'alert' : undefined}>
            <span>{toast.text}</span>
            {toast.way && (
              <Button look="quiet" onPress={() => void take(toast)}>
                {toast.way.name}
              </Button>
            )}
            <IconButton name={words.dismiss} onPress={() => dismiss(toast.id)}>✕</IconButton>
          </div>
        ))}
      </div>
    </section>
  );
}
