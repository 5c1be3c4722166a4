// The host's time, as far as a browser can tell: machines of admins are wrong by minutes at times, and a host's clock may run faster than real time.
let host = { shown: 0, at: 0, speed: 1 };

/** Takes what the host's clock showed in an answer, halfway between the asking and now, and how many seconds pass on it in a second. */
export function noteServerTime(shown: string, speed: number, asked: number): void {
  host = { shown: Date.parse(shown), at: (asked + Date.now()) / 2, speed };
}

/** How many milliseconds it is until the host's clock shows an instant. */
export const realTimeTo = (instant: string) => (Date.parse(instant) - now()) / host.speed;

/** What the host's clock shows. */
export const now = () => host.shown + (Date.now() - host.at) * host.speed;

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
