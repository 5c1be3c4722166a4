export type Settle = (value?: unknown) => void;

export interface Thenable {
  then(fulfilled?: unknown, rejected?: unknown): unknown;
}

/** `Promise` or what is used in its place. */
export interface Constructor {
  new (executor: (resolve: Settle, reject: Settle) => void): Thenable;
  resolve?: unknown;
  [Symbol.species]?: unknown;
}

/** A promise and what settles it. */
export interface Capability {
  promise: Thenable;
  resolve: Settle;
  reject: Settle;
}

export function newCapability(constructor: unknown): Capability {
  if (typeof constructor !== 'function') {
    throw new TypeError('a function of Promise was called without it');
  }
  let resolve: Settle | undefined;
  let reject: Settle | undefined;
  const promise = new (constructor as Constructor)((first, second) => {
    if (resolve !== undefined || reject !== undefined) {
      throw new TypeError('the executor was called twice');
    }
    resolve = first;
    reject = second;
  });
  if (typeof resolve !== 'function' || typeof reject !== 'function') {
    throw new TypeError('the constructor gave its executor no functions');
  }
  return { promise, resolve, reject };
}
