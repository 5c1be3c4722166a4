type Write = (message: string) => void;

/**
 * Sends what the extension writes to `console` into the run's log, where its author will look for it. A sandbox has no
 * other place: standard output leads nowhere.
 */
export function routeConsole(target: Console, write: { info: Write; warn: Write; error: Write }): void {
  target.debug = target.log = target.info = (...data) => write.info(line(data));
  target.warn = (...data) => write.warn(line(data));
  target.error = (...data) => write.error(line(data));
}

function line(data: unknown[]): string {
  return data.map(text).join(' ');
}

function text(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (value instanceof Error) {
    return describeError(value);
  }
  if (typeof value === 'object' && value !== null) {
    try {
      return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? String(value);
    } catch {
      return String(value); // a circular value
    }
  }
  return String(value);
}

/** Name, message and where it happened. Unlike V8's, this engine's `stack` does not begin with the message. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const head = `${error.name}: ${error.message}`;
  const stack = error.stack?.trimEnd();
  return stack ? (stack.startsWith(head) ? stack : `${head}\n${stack}`) : head;
}
