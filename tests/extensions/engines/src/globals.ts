const failure = (attempt: () => unknown): unknown => {
  try {
    return attempt();
  } catch (error) {
    return (error as Error).name;
  }
};

export function text(): unknown {
  const encode = (input: string) => [...new TextEncoder().encode(input)];
  const bytes = (...values: number[]) => Uint8Array.from(values);
  return {
    encoded: [encode('aé€😀'), encode('\ud83d'), encode('')],
    decoded: new TextDecoder().decode(bytes(0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80)),
    kept: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(0xef, 0xbb, 0xbf, 0x61)).length,
    wrong: new TextDecoder().decode(bytes(0x61, 0xff, 0xe2, 0x82, 0x62)),
    fatal: failure(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes(0xff))),
    part: new TextDecoder().decode(new DataView(bytes(1, 0x62, 0x63, 2).buffer, 1, 2)),
    latin: new TextDecoder('latin1').decode(bytes(0x80, 0xe9)),
    utf16: new TextDecoder('utf-16le').decode(bytes(0x61, 0, 0x3d, 0xd8, 0, 0xde)),
    label: failure(() => new TextDecoder('nothing')),
  };
}

export function url(): unknown {
  const parsed = new URL('../a b?x=1&x=2&y=%C3%A9+z#f', 'https://user:pw@Example.com:8443/one/two/three');
  parsed.searchParams.append('new', 'a&b=c ü');
  parsed.searchParams.delete('y');
  const changed = new URL('http://example.com');
  changed.protocol = 'https:';
  changed.host = 'other.example:443';
  changed.pathname = '/ä';
  changed.hash = 'x y';
  const params = new URLSearchParams({ b: '2', a: '1 1' });
  params.set('c', '+');
  params.sort();
  return {
    parsed: [parsed.href, parsed.origin, parsed.host, parsed.pathname, parsed.search, parsed.hash, parsed.username],
    values: [parsed.searchParams.getAll('x'), parsed.searchParams.get('nothing'), parsed.searchParams.has('new')],
    changed: String(changed),
    json: JSON.stringify({ url: new URL('HTTP://A.example/%7Efoo/../b') }),
    hosts: ['http://[::1]:80/', 'http://127.1/', 'http://bücher.example/'].map((href) => new URL(href).host),
    params: [params.toString(), [...params].length, new URLSearchParams('?a=1&a=%zz').toString(), new URLSearchParams([['q', 'é']]).toString()],
    wrong: failure(() => new URL('nothing')),
  };
}

export function clone(): unknown {
  const cyclic: Record<string, unknown> = { date: new Date(0), map: new Map([['a', new Set([1])]]), bytes: Uint8Array.from([1, 2]), re: /x/g, big: 1n };
  cyclic['self'] = cyclic;
  const copy = structuredClone(cyclic);
  const error = structuredClone(new RangeError('broken', { cause: 1 }));
  return {
    cyclic: copy['self'] === copy && copy !== cyclic,
    date: (copy['date'] as Date).toISOString(),
    map: [...(copy['map'] as Map<string, Set<number>>).get('a')!],
    bytes: [...(copy['bytes'] as Uint8Array)],
    re: String(copy['re']),
    big: String(copy['big']),
    error: [error instanceof RangeError, error.message],
    wrong: failure(() => structuredClone(() => 1)),
  };
}

export function base64(): unknown {
  return {
    there: btoa('hello ÿ'),
    back: atob(' aGVs\nbG8= '),
    wrong: [() => btoa('€'), () => atob('a'), () => atob('*')].map((attempt) => typeof failure(attempt)),
  };
}

/** StarlingMonkey waits for each timer, which the host refuses; QuickJS for those that lie ahead. */
export async function timers(): Promise<unknown> {
  const seen: string[] = [];
  const gone = setTimeout(() => seen.push('gone'), 0);
  clearTimeout(gone);
  clearTimeout(undefined);
  let left = 3;
  await new Promise<void>((resolve) => {
    const id = setInterval(() => {
      seen.push(`interval ${left}`);
      if (--left === 0) {
        clearInterval(id);
        resolve();
      }
    }, 0);
  });
  setTimeout(() => seen.push('first'), 0);
  await new Promise<void>((resolve) => setTimeout(() => resolve(), 0));
  return [typeof gone, ...seen];
}

export function clock(): unknown {
  const start = performance.now();
  let last = start;
  let steps = 0;
  while (last - start < 2) {
    const now = performance.now();
    if (now < last) {
      throw new Error(`${now} comes after ${last}`);
    }
    steps += now > last ? 1 : 0;
    last = now;
  }
  return { steps: steps > 1, start: start >= 0 && start < 86_400_000, now: Date.now() > Date.UTC(2026, 0), offset: new Date().getTimezoneOffset() };
}

/** Other numbers in every run. */
export function chance(): number[] {
  const numbers = Array.from({ length: 100 }, () => Math.random());
  if (!numbers.every((number) => number >= 0 && number < 1) || new Set(numbers).size !== 100) {
    throw new Error(`not random: ${numbers.join()}`);
  }
  return numbers.slice(0, 2);
}
