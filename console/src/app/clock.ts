// The host's time, as far as a browser can tell: machines of admins are wrong by minutes at times, and "in 3 min" is then wrong too.
let offset = 0;

/** Takes the time at which an answer was made; its header has whole seconds, so less than two say nothing. */
export function noteServerTime(date: string | null): void {
  const server = date ? Date.parse(date) : Number.NaN;
  if (!Number.isNaN(server)) {
    const difference = server - Date.now();
    offset = Math.abs(difference) < 2_000 ? 0 : difference;
  }
}

export const now = () => Date.now() + offset;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Calls back every second while anybody listens, which one timer does for all. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
