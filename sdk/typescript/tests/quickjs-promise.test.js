import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runJobs } from '../dist/quickjs/jobs.js';
import { OwnPromise } from '../dist/quickjs/promise.js';

/** @typedef {(P: PromiseConstructor, log: (...data: unknown[]) => void) => void} Program */

/** What a program logs with the promises of Node, which are right, and with ours. @param {Program} program */
async function compare(program) {
  /** @type {string[]} */ const expected = [];
  /** @type {string[]} */ const logged = [];
  const into = (/** @type {string[]} */ lines) => (/** @type {unknown[]} */ ...data) => void lines.push(data.map(text).join(' '));
  program(Promise, into(expected));
  await new Promise((resolve) => setImmediate(resolve));
  program(/** @type {any} */ (OwnPromise), into(logged));
  runJobs();
  assert.deepEqual(logged, expected);
  return expected;
}

/** @param {unknown} value @returns {string} */
const text = (value) => (value instanceof Error ? value.name : value instanceof AggregateError ? 'AggregateError' : JSON.stringify(value) ?? String(value));

/** @type {Record<string, Program>} */
const programs = {
  'then, in the order of its jobs': (P, log) => {
    P.resolve(1).then(log).then(() => log(2)).finally(() => log(3)).then(log);
    P.reject(new Error()).then(log, log).then(() => log('b'));
    P.reject(4).catch(log).then(log);
    new P((resolve) => resolve(5)).then().then(log);
    log('first');
  },
  'a promise or a thenable as the value takes its jobs': (P, log) => {
    P.resolve().then(() => P.resolve('x')).then(log);
    P.resolve().then(() => ({ then: (/** @type {any} */ resolve) => resolve('y') })).then(log);
    P.resolve({ then: () => { throw new RangeError(); } }).catch(log);
    P.resolve({ get then() { throw new TypeError(); } }).catch(log);
    P.resolve({ then: 1 }).then(log);
    let left = P.resolve();
    for (let i = 0; i < 8; i++) left = left.then(() => log(i));
  },
  'only the first settlement counts': (P, log) => {
    new P((resolve, reject) => { resolve(1); reject(2); resolve(3); throw new Error(); }).then(log, log);
    const twice = { then: (/** @type {any} */ resolve, /** @type {any} */ reject) => { reject(1); resolve(2); throw new Error(); } };
    new P((resolve, reject) => { resolve(twice); reject(4); }).then(log, log);
    new P(() => { throw new RangeError(); }).catch(log);
  },
  'waiting for itself is an error': (P, log) => {
    const own = /** @type {Promise<unknown>} */ (P.resolve().then(() => own));
    own.catch(log);
  },
  'finally': (P, log) => {
    P.resolve(1).finally(() => 2).then(log);
    P.resolve(1).finally(() => P.reject(3)).catch(log);
    P.reject(4).finally(() => P.resolve(5)).catch(log);
    P.reject(6).finally(() => { throw new Error(); }).catch(log);
    P.resolve(7).finally(undefined).then(log);
  },
  'all': (P, log) => {
    P.all([1, P.resolve(2), { then: (/** @type {any} */ resolve) => { resolve(3); resolve(4); } }]).then(log);
    P.all([]).then(log);
    P.all([P.reject(5), P.reject(6)]).catch(log);
    P.all(new Set('ab')).then(log);
    P.all(/** @type {any} */ (7)).catch(log);
    P.all((function* () { yield 1; throw new RangeError(); })()).catch(log);
  },
  'allSettled, any, race': (P, log) => {
    P.allSettled([P.reject(1), 2]).then(log);
    P.any([P.reject(1), P.resolve(3), 4]).then(log);
    P.any([P.reject(1), P.reject(2)]).catch((error) => log(error, error.errors));
    P.any([]).catch((error) => log(error, error.errors));
    P.race([new P(() => {}), P.reject(5), 6]).catch(log);
    P.race([]).then(log);
  },
  'resolve and reject': (P, log) => {
    const one = P.resolve(1);
    log(P.resolve(one) === one);
    P.reject(one).catch((reason) => log(reason === one));
  },
  'subclasses': (P, log) => {
    class Own extends P {}
    log([Own.resolve(1), Own.resolve(1).then(), Own.all([]), Own.reject(1).catch(() => {})].map((promise) => promise instanceof Own));
    class Plain extends P { static get [Symbol.species]() { return P; } }
    log(Plain.resolve(1).then() instanceof Plain, Plain.resolve(1) instanceof Plain, P.resolve(Plain.resolve(1)) instanceof Plain);
    Own.resolve(2).finally(() => log('f')).then(log);
    P.resolve(Own.resolve(3)).then(log);
  },
  'wrong use': (P, log) => {
    const any = /** @type {any} */ (P);
    const tries = [() => new any(1), () => any.prototype.then.call({}), () => any.resolve.call(undefined, 1), () => any(() => {})];
    for (const attempt of tries) {
      try { attempt(); log('no error'); } catch (error) { log(error); }
    }
    log(Object.prototype.toString.call(P.resolve()), P.name, P.length);
  },
};

for (const [name, program] of Object.entries(programs)) {
  test(`promises on QuickJS do as the language says: ${name}`, async () => {
    assert.notEqual((await compare(program)).length, 0);
  });
}

test('promises on QuickJS have what newer versions of the language added', async () => {
  const P = /** @type {any} */ (OwnPromise);
  /** @type {unknown[]} */ const logged = [];
  const { promise, resolve } = P.withResolvers();
  promise.then((/** @type {unknown} */ value) => logged.push(value));
  resolve(1);
  P.try((/** @type {number} */ a) => a + 1, 1).then((/** @type {unknown} */ value) => logged.push(value));
  P.try(() => { throw new RangeError(); }).catch((/** @type {Error} */ error) => logged.push(error.name));
  runJobs();
  assert.deepEqual(logged, [1, 2, 'RangeError']);
});

test('promises on QuickJS do as the language says in programs made by chance', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    await compare((P, log) => scramble(seed, P, log));
  }
});

/** A tangle of chains that settle one another. @param {number} seed @param {PromiseConstructor} P @param {(...data: unknown[]) => void} log */
function scramble(seed, P, log) {
  let state = seed;
  const draw = (/** @type {number} */ below) => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
  /** @type {Promise<unknown>[]} */ const promises = [P.resolve(0)];
  /** @type {((value: any) => void)[]} */ const open = [];
  const any = () => /** @type {Promise<unknown>} */ (promises[draw(promises.length)]);
  // Node ends a program whose rejection nobody handles.
  const keep = (/** @type {Promise<unknown>} */ promise) => (promise.catch(() => {}), promises.push(promise));
  const act = (/** @type {number} */ depth) => {
    const mark = promises.length;
    switch (draw(9)) {
      case 0: keep(new P((resolve) => open.push(resolve))); break;
      case 1: keep(new P((_, reject) => open.push(reject))); break;
      case 2: open.pop()?.(any()); break;
      case 3: open.shift()?.(mark); break;
      case 4: keep(P.resolve({ then: (/** @type {any} */ resolve) => (log('t', mark), resolve(any())) })); break;
      case 5: keep(P.race([any(), any()])); break;
      case 6: keep(P.all([any(), mark]).then((values) => values.length)); break;
      case 7: keep(any().finally(() => log('f', mark))); break;
      default:
        keep(any().then(
          () => { log('ok', mark); if (depth > 0) act(depth - 1); return draw(2) ? any() : mark; },
          () => { log('no', mark); if (draw(3) === 0) throw mark; return P.resolve(mark); },
        ));
    }
  };
  for (let i = 0; i < 30; i++) act(3);
  for (const [at, promise] of promises.entries()) promise.then(() => log('end', at), () => log('end of', at));
}
