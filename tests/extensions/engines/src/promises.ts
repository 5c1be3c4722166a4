// In which order things happen is the language's rule, and authors' code leans on it without knowing.

export async function order(): Promise<string[]> {
  const seen: string[] = [];
  const first = (async () => {
    seen.push('a1');
    await null;
    seen.push('a2');
  })();
  queueMicrotask(() => seen.push('microtask'));
  const second = Promise.resolve('b1')
    .then((text) => seen.push(text))
    .then(() => Promise.resolve('b2'))
    .then((text) => seen.push(text))
    .finally(() => seen.push('b3'));
  const third = Promise.reject(new Error('c1')).catch((error: Error) => seen.push(error.message));
  const fourth = (async () => {
    seen.push(await (async () => 'd1')());
    seen.push(await { then: (resolve: (text: string) => void) => resolve('d2') });
  })();
  seen.push('end');
  await Promise.all([first, second, third, fourth]);
  return seen;
}

export async function combinators(): Promise<unknown> {
  const bad = () => Promise.reject(new RangeError('bad'));
  const { promise, resolve } = Promise.withResolvers<string>();
  resolve('resolved');
  class Own<T> extends Promise<T> {}
  return {
    all: await Promise.all([1, Promise.resolve(2), new Set([3])]),
    settled: await Promise.allSettled([bad(), 4]).then((results) => results.map(({ status }) => status)),
    any: await Promise.any([bad(), Promise.resolve(5)]),
    none: await Promise.any([bad()]).catch((error: AggregateError) => [error.name, error.errors.length]),
    race: await Promise.race([new Promise(() => {}), 6]),
    empty: await Promise.all([]),
    resolvers: await promise,
    own: [Own.resolve(1).then(() => 2) instanceof Own, Promise.resolve() instanceof Promise, String(Promise.resolve())],
    cycle: await new Promise((settle) => {
      const own: Promise<unknown> = Promise.resolve().then(() => own);
      own.catch((error: Error) => settle(error.name));
    }),
  };
}

export async function generators(): Promise<unknown> {
  const seen: unknown[] = [];
  async function* count(to: number): AsyncGenerator<number, string> {
    try {
      for (let number = 1; number <= to; number++) {
        yield number;
      }
      return 'done';
    } finally {
      seen.push('closed');
    }
  }
  async function* both(): AsyncGenerator<number> {
    seen.push(yield* count(2));
  }
  for await (const number of both()) {
    seen.push(number);
  }
  for await (const number of count(9)) {
    if (number === 2) {
      break;
    }
  }
  for await (const text of [Promise.resolve('x'), 'y']) {
    seen.push(text);
  }
  const arrow = async (...numbers: number[]) => numbers.reduce((sum, number) => sum + number);
  class Sum {
    #base = 10;
    async add(number: number) {
      return this.#base + (await arrow(number, 1));
    }
  }
  class Deeper extends Sum {
    override async add(number: number) {
      return (await super.add(number)) * 2;
    }
  }
  seen.push(await new Deeper().add(5));
  return seen;
}

/** Nobody looks at what went wrong; the answer is given all the same. */
export async function unhandled(): Promise<string> {
  void Promise.reject(new Error('nobody looks'));
  void (async () => {
    throw new Error('nor here');
  })();
  await null;
  return 'answered';
}

/** What is still to be done when the answer is there. */
export async function afterwards(): Promise<string> {
  void Promise.resolve().then(async () => {
    await null;
    await null;
    console.log('in time');
  });
  return 'answered';
}

export async function many(): Promise<number> {
  let sum = 0;
  for (let number = 0; number < 10_000; number++) {
    sum += await number;
  }
  return sum;
}
