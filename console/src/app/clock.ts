// The host's time, as far as a browser can tell: machines of admins are wrong by minutes at times, and a host's clock may run faster than real time.
let host = { shown: 0, at: 0, speed: 1 };

/** Takes what the host's clock showed in an answer, halfway between the asking and now, and how many seconds pass on it in a second. */
export function noteServerTime(shown: string, speed: number, asked: number): void {
  host = { shown: Date.parse(shown), at: (asked + Date.now()) / 2, speed };
}

/** How many milliseconds of real time pass in so many on the host's clock. */
export const realMs = (milliseconds: number) => milliseconds / host.speed;

/** How many milliseconds the host's clock goes on in so many of real time. */
export const hostMs = (milliseconds: number) => milliseconds * host.speed;

/** How many milliseconds it is until the host's clock shows an instant. */
export const realTimeTo = (instant: string) => realMs(Date.parse(instant) - now());

/** What the host's clock shows. */
export const now = () => host.shown + (Date.now() - host.at) * host.speed;

const hour = 3_600_000;

/** How the host's clock is another than the reader's: so many times as fast, or hours away; undefined where it is the same, as nearly always. */
export function clockApart(): number | 'elsewhen' | undefined {
  return host.speed !== 1 ? host.speed : Math.abs(now() - Date.now()) > hour && host.at !== 0 ? 'elsewhen' : undefined;
}

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
