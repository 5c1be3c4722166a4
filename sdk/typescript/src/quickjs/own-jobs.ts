import { queueJob, run } from './jobs.js';
import { OwnPromise } from './promise.js';
import { clearTimer, setInterval, setTimeout } from './timers.js';

// In a module of its own, so that it comes before libraries that look for these.
// What makes promises of the engine's own goes, so that it is missed at once and not waited for.
delete (globalThis as { AsyncDisposableStack?: unknown }).AsyncDisposableStack;
delete (Array as { fromAsync?: unknown }).fromAsync;

function queueMicrotask(callback: () => void): void {
  if (typeof callback !== 'function') {
    throw new TypeError('the argument of queueMicrotask must be a function');
  }
  queueJob(() => run(callback));
}

// Nothing is written while the component is built; every call routes the console to its log.
const nothing = (): void => {};
const console = { debug: nothing, log: nothing, info: nothing, warn: nothing, error: nothing };

Object.assign(globalThis, { Promise: OwnPromise, console, queueMicrotask, setTimeout, setInterval, clearTimeout: clearTimer, clearInterval: clearTimer });
