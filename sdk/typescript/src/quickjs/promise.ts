import { newCapability, type Constructor, type Settle, type Thenable } from './promise-capability.js';
import { all, allSettled, any, race } from './promise-combinators.js';
import { queueJob } from './jobs.js';

/** What is to become of a promise that `then` made. */
interface Reaction {
  fulfilled: ((value: unknown) => unknown) | undefined;
  rejected: ((reason: unknown) => unknown) | undefined;
  resolve: Settle;
  reject: Settle;
}

const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';
const callable = <T>(value: unknown): T | undefined => (typeof value === 'function' ? (value as T) : undefined);

// Stands for an executor where the promise is settled from here.
const nothing = (): void => {};

/** The promise of ECMAScript, job by job, with its jobs on our own queue. */
export class OwnPromise {
  #settled: 'fulfilled' | 'rejected' | undefined = undefined;
  #value: unknown = undefined;
  #reactions: Reaction[] = [];

  constructor(executor: (resolve: Settle, reject: Settle) => void) {
    if (typeof executor !== 'function') {
      throw new TypeError('the argument of Promise must be a function');
    }
    if (executor !== nothing) {
      this.#run(executor);
    }
  }

  then(fulfilled?: unknown, rejected?: unknown): unknown {
    if (!(#settled in this)) {
      throw new TypeError('then was called on what is no promise');
    }
    const constructor = speciesOf(this);
    let derived: unknown;
    let settle: { resolve: Settle; reject: Settle };
    if (constructor === (OwnPromise as unknown)) {
      const own = new OwnPromise(nothing);
      derived = own;
      settle = { resolve: (value) => own.#resolve(value), reject: (reason) => own.#settle('rejected', reason) };
    } else {
      const capability = newCapability(constructor);
      derived = capability.promise;
      settle = capability;
    }

    const reaction: Reaction = { fulfilled: callable(fulfilled), rejected: callable(rejected), resolve: settle.resolve, reject: settle.reject };
    if (this.#settled === undefined) {
      this.#reactions.push(reaction);
    } else {
      this.#react(reaction);
    }
    return derived;
  }

  catch(rejected?: unknown): unknown {
    return (this as Thenable).then(undefined, rejected);
  }

  finally(callback?: unknown): unknown {
    const then = (fulfilled: unknown, rejected: unknown) => (this as Thenable).then(fulfilled, rejected);
    if (typeof callback !== 'function') {
      return then(callback, callback);
    }
    const constructor = speciesOf(this);
    const after = (last: () => unknown) => OwnPromise.#from(constructor, callback()).then(last);
    return then(
      (value: unknown) => after(() => value),
      (reason: unknown) =>
        after(() => {
          throw reason;
        }),
    );
  }

  get [Symbol.toStringTag](): string {
    return 'Promise';
  }

  static {
    Object.defineProperty(this, 'name', { value: 'Promise' });
  }

  static get [Symbol.species](): unknown {
    return this;
  }

  static resolve(value?: unknown): unknown {
    return OwnPromise.#from(this as unknown as Constructor, value);
  }

  static reject(reason?: unknown): unknown {
    const { promise, reject } = newCapability(this);
    reject(reason);
    return promise;
  }

  static withResolvers(): unknown {
    return newCapability(this);
  }

  static try(callback: (...data: unknown[]) => unknown, ...data: unknown[]): unknown {
    const { promise, resolve, reject } = newCapability(this);
    try {
      resolve(callback(...data));
    } catch (error) {
      reject(error);
    }
    return promise;
  }

  static race(values: Iterable<unknown>): unknown {
    return race(this, values);
  }

  static all(values: Iterable<unknown>): unknown {
    return all(this, values);
  }

  static allSettled(values: Iterable<unknown>): unknown {
    return allSettled(this, values);
  }

  static any(values: Iterable<unknown>): unknown {
    return any(this, values);
  }

  static #from(constructor: Constructor, value: unknown): Thenable {
    if (isObject(value) && #settled in value && (value.constructor as unknown) === constructor) {
      return value;
    }
    if (constructor === (OwnPromise as unknown)) {
      const own = new OwnPromise(nothing);
      own.#resolve(value);
      return own;
    }
    const { promise, resolve } = newCapability(constructor);
    resolve(value);
    return promise;
  }

  /** Gives the functions that settle the promise to some code; only the first call of either counts. */
  #run(executor: (resolve: Settle, reject: Settle) => void): void {
    let called = false;
    const once = (settle: Settle): Settle => (value) => {
      if (!called) {
        called = true;
        settle(value);
      }
    };
    const reject = once((reason) => this.#settle('rejected', reason));
    try {
      executor(once((value) => this.#resolve(value)), reject);
    } catch (error) {
      reject(error);
    }
  }

  #resolve(value: unknown): void {
    if (value === this) {
      return this.#settle('rejected', new TypeError('a promise cannot wait for itself'));
    }
    if (!isObject(value)) {
      return this.#settle('fulfilled', value);
    }

    let then: unknown;
    try {
      then = (value as { then?: unknown }).then;
    } catch (error) {
      return this.#settle('rejected', error);
    }
    if (typeof then !== 'function') {
      return this.#settle('fulfilled', value);
    }
    queueJob(() => this.#run((resolve, reject) => then.call(value, resolve, reject)));
  }

  #settle(settled: 'fulfilled' | 'rejected', value: unknown): void {
    const reactions = this.#reactions;
    this.#settled = settled;
    this.#value = value;
    this.#reactions = [];
    for (const reaction of reactions) {
      this.#react(reaction);
    }
  }

  #react(reaction: Reaction): void {
    const settled = this.#settled as 'fulfilled' | 'rejected';
    const value = this.#value;
    queueJob(() => {
      const handler = reaction[settled];
      if (handler === undefined) {
        return settled === 'fulfilled' ? reaction.resolve(value) : reaction.reject(value);
      }
      let result: unknown;
      try {
        result = handler(value);
      } catch (error) {
        return reaction.reject(error);
      }
      reaction.resolve(result);
    });
  }
}

function speciesOf(promise: object): Constructor {
  const constructor: Constructor | undefined = promise.constructor as unknown as Constructor;
  const species = constructor === undefined ? undefined : constructor[Symbol.species];
  return (species ?? OwnPromise) as unknown as Constructor;
}
