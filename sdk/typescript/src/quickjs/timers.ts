import { now, subscribeDuration } from 'wasi:clocks/monotonic-clock';
import { run } from './jobs.js';

interface Timer {
  callback: () => void;
  /** In milliseconds of the monotonic clock. */
  due: number;
  /** Milliseconds from one call to the next; undefined for a timer that fires once. */
  interval: number | undefined;
}

const nanoseconds = 1_000_000;
const timers = new Map<number, Timer>();
let lastId = 0;

/** Milliseconds of a clock that only goes forward. */
export function elapsed(): number {
  return Number(now()) / nanoseconds;
}

export function setTimeout(callback: unknown, milliseconds?: unknown, ...data: unknown[]): number {
  return add(callback, milliseconds, data, false);
}

export function setInterval(callback: unknown, milliseconds?: unknown, ...data: unknown[]): number {
  return add(callback, milliseconds, data, true);
}

/** Ends timers of either kind. */
export function clearTimer(id: unknown): void {
  timers.delete(Number(id));
}

/** Fires the timer that is due first; false when there is none. One that lies ahead is waited for, which a host may refuse. */
export function fireTimer(): boolean {
  const [first] = [...timers].sort(([, a], [, b]) => a.due - b.due);
  if (first === undefined) {
    return false;
  }

  const [id, timer] = first;
  const wait = timer.due - elapsed();
  if (wait > 0) {
    subscribeDuration(Math.ceil(wait * nanoseconds)).block();
  }
  if (timer.interval === undefined) {
    timers.delete(id);
  } else {
    timer.due = elapsed() + timer.interval;
  }
  run(timer.callback);
  return true;
}

function add(callback: unknown, milliseconds: unknown, data: unknown[], repeats: boolean): number {
  if (typeof callback !== 'function') {
    throw new TypeError('the first argument of a timer must be a function');
  }

  const delay = Math.max(0, Number(milliseconds) || 0);
  timers.set(++lastId, { callback: () => void callback(...data), due: elapsed() + delay, interval: repeats ? delay : undefined });
  return lastId;
}
