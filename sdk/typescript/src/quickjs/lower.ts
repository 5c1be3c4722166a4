// What goes to the host, in the form that its types ask for. The engine's bindings end the run where a value is of another type; StarlingMonkey's
// throw, or convert it. These do as StarlingMonkey's do, so that an extension sees the same on both.

type Lower<T> = (value: unknown) => T;
type Lowered<Fields> = { [Name in keyof Fields]: Fields[Name] extends Lower<infer T> ? T : never };

export const text: Lower<string> = (value) => {
  if (typeof value !== 'string') {
    throw new TypeError(`expected a string, received [${typeof value}]`);
  }
  // Half of a surrogate pair has no UTF-8.
  return value.toWellFormed();
};

export const flag: Lower<boolean> = (value) => Boolean(value);

export const bytes: Lower<Uint8Array> = (value) => {
  if (value instanceof Uint8Array) {
    return value;
  }
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof ArrayBuffer) {
    return new Uint8Array(value);
  }
  if (Array.isArray(value)) {
    return Uint8Array.from(value as number[]);
  }
  throw new TypeError(`expected bytes, received [${typeof value}]`);
};

/** A 64-bit number, of which the engine's bindings take what a number holds exactly. */
export const count: Lower<number> = (value) => {
  const number = Number(BigInt.asUintN(64, BigInt(value as bigint)));
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`${String(value)} is larger than this engine can hand to the host`);
  }
  return number;
};

export function optional<T>(lower: Lower<T>): Lower<T | undefined> {
  return (value) => (value === undefined || value === null ? undefined : lower(value));
}

export function list<T>(lower: Lower<T>): Lower<T[]> {
  return (value) => {
    if (!Array.isArray(value)) {
      throw new TypeError(`expected an array, received [${typeof value}]`);
    }
    return value.map(lower);
  };
}

export function record<Fields extends Record<string, Lower<unknown>>>(fields: Fields): Lower<Lowered<Fields>> {
  const entries = Object.entries(fields);
  return (value) => {
    if (typeof value !== 'object' || value === null) {
      throw new TypeError(`expected an object, received [${value === null ? 'null' : typeof value}]`);
    }
    const lowered: Record<string, unknown> = {};
    for (const [name, lower] of entries) {
      lowered[name] = lower((value as Record<string, unknown>)[name]);
    }
    return lowered as Lowered<Fields>;
  };
}

const header = record({ name: text, value: text });
export const request = record({ method: text, url: text, headers: list(header), body: optional(bytes) });
export const response = record({ status: (value) => value as number, headers: list(header), body: optional(bytes) });
