import { newCapability, type Capability, type Constructor, type Settle, type Thenable } from './promise-capability.js';

const nothing = (): void => {};

export function race(constructor: unknown, values: Iterable<unknown>): Thenable {
  return each(constructor, values, (promise, _, { resolve, reject }) => promise.then(resolve, reject), nothing);
}

export function all(constructor: unknown, values: Iterable<unknown>): Thenable {
  const kept: unknown[] = [];
  return each(
    constructor,
    values,
    (promise, at, { reject }, done) => promise.then(done((value) => (kept[at] = value)), reject),
    ({ resolve }) => resolve(kept),
  );
}

export function allSettled(constructor: unknown, values: Iterable<unknown>): Thenable {
  const kept: unknown[] = [];
  return each(
    constructor,
    values,
    (promise, at, _, done) => {
      const keep = done((outcome) => (kept[at] = outcome));
      promise.then(
        (value: unknown) => keep({ status: 'fulfilled', value }),
        (reason: unknown) => keep({ status: 'rejected', reason }),
      );
    },
    ({ resolve }) => resolve(kept),
  );
}

export function any(constructor: unknown, values: Iterable<unknown>): Thenable {
  const errors: unknown[] = [];
  return each(
    constructor,
    values,
    (promise, at, { resolve }, done) => promise.then(resolve, done((reason) => (errors[at] = reason))),
    ({ reject }) => reject(new AggregateError(errors, 'All promises were rejected')),
  );
}

/** Waits for each of several, and for all of them that are `done`. */
function each(
  constructor: unknown,
  values: Iterable<unknown>,
  wait: (promise: Thenable, at: number, capability: Capability, done: (keep: (value: unknown) => void) => Settle) => void,
  end: (capability: Capability) => void,
): Thenable {
  const capability = newCapability(constructor);
  let left = 1;
  const one = (): void => {
    if (--left === 0) {
      end(capability);
    }
  };
  try {
    const resolve: unknown = (constructor as Constructor).resolve;
    if (typeof resolve !== 'function') {
      throw new TypeError('the constructor has no function resolve');
    }
    let at = 0;
    for (const value of values) {
      left++;
      let called = false;
      const done = (keep: (value: unknown) => void): Settle => (kept) => {
        if (!called) {
          called = true;
          keep(kept);
          one();
        }
      };
      wait(resolve.call(constructor, value), at++, capability, done);
    }
    one();
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}
