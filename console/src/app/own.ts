/**
 * What an object has under a key that somebody chose, and nothing of what every object has: a schedule may be called `__proto__`, and the name of a thing
 * is looked up by it.
 */
export const own = <T>(of: Readonly<Record<string, T>> | null | undefined, key: string | null | undefined): T | undefined =>
  of && key !== undefined && key !== null && Object.hasOwn(of, key) ? of[key] : undefined;
