export function dates(): unknown {
  const date = new Date('2026-03-29T02:30:00+01:00');
  return {
    iso: date.toISOString(),
    local: [date.getHours(), date.getDay(), new Date(2026, 0, 31, 12).toISOString()],
    parsed: ['2026-02-30', 'Thu, 01 Jan 1970 00:00:00 GMT', '2026-01-01T00:00', '2026-01-01 10:00', 'Jan 5, 2026'].map((text) => Date.parse(text)),
    text: [date.toUTCString(), String(new Date(Number.NaN))],
  };
}

export function patterns(): unknown {
  const match = /(?<year>\d{4})-(?<month>\d\d)/u.exec('on 2026-11-28');
  return {
    named: [match?.groups?.['year'], match?.index],
    behind: 'a1 b2'.replaceAll(/(?<=b)\d/g, 'x'),
    sticky: [...'aXbX'.matchAll(/X/g)].map(({ index }) => index),
    indices: /b(c)/d.exec('abc')?.indices?.[1],
    cases: ['ß'.toUpperCase(), 'Σας'.toLowerCase()],
  };
}

export function newer(): unknown {
  return {
    arrays: [[3, 1, 2].toSorted(), [1, 2].toReversed(), [1, 2, 3].with(1, 9), [1, 2, 3].findLast((n) => n < 3), [1, [2, [3]]].flat(2), [1, 2].at(-1)],
    big: [String(2n ** 70n), String(BigInt.asUintN(8, 257n)), String(0x1_0000n)],
    strings: ['a'.padStart(3, '-'), '\ud800'.isWellFormed(), 'aXb'.replaceAll('X', '-'), String.raw`\n`],
    objects: [Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')), Object.hasOwn({ a: 1 }, 'a'), Object.fromEntries(new Map([['k', 1]]))],
    numbers: [(0.1 + 0.2).toFixed(2), (1234.5678).toPrecision(6), (255).toString(16), 1e21.toString(), Number('0x1f'), (25).toString(36), (-1.5).toFixed(0)],
    sorted: ['b', 'ä', 'a', 'B'].sort(),
    json: JSON.stringify({ a: [undefined, () => 1, Number.NaN], d: new Date(0), u: undefined, s: '\u2028\ud800' }),
    label: ((): string => {
      outer: for (const a of [1, 2]) {
        for (const b of [1, 2]) {
          if (a * b === 2) break outer;
        }
      }
      return 'left';
    })(),
  };
}

declare const Intl: unknown;

/** Neither engine has the languages and zones of the world. */
export function languages(): unknown {
  return typeof Intl;
}

/** QuickJS has no end of its own to recursion. */
export function deep(): unknown {
  const down = (level: number): number => (level === 0 ? 0 : 1 + down(level - 1));
  const reached = down(1_000);
  try {
    down(10_000_000);
    return 'no end';
  } catch (error) {
    return [reached, error instanceof Error];
  }
}

export function evaluated(): unknown {
  return new Function('a', 'return a + 1')(1);
}

/** Some of everything that handlers do for long. */
export function computes(): unknown {
  const words = new Map<string, number>();
  let sum = 0;
  for (let number = 0; number < 50_000; number++) {
    const word = `w${(number * 7_919) % 101}`;
    words.set(word, (words.get(word) ?? 0) + 1);
    sum = (sum + number * number) % 1_000_003;
  }
  const items = Array.from({ length: 2_000 }, (_, at) => ({ id: at, name: `item ${at}`, tags: ['a', 'b'] }));
  const copy = JSON.parse(JSON.stringify(items)) as typeof items;
  const sorted = copy.sort((a, b) => b.name.localeCompare(a.name)).filter(({ id }) => id % 3 === 0);
  return [words.size, sum, sorted.length, sorted[0]?.name];
}
