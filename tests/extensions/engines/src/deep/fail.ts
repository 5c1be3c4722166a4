interface Cause {
  word: string;
}

export function fail(word: string): never {
  const cause: Cause = { word };
  throw new RangeError(`broken ${cause.word}`);
}

export async function failLater(word: string): Promise<never> {
  await Promise.resolve();
  return fail(word);
}
