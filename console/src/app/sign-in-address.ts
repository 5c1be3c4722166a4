const name = '#sign-in=';

type Place = Pick<Location, 'hash' | 'pathname' | 'search'>;

/**
 * The code behind a link such as `/#sign-in=…`, which `./demo` prints and which signs in once. What is behind the `#` is sent to no server;
 * it is taken out of the address, and of the browser's history, before anything is done with it, and whoever is signed in.
 */
export function takeCode(place: Place, history: Pick<History, 'state' | 'replaceState'>): string | undefined {
  if (!place.hash.startsWith(name)) {
    return undefined;
  }
  const written = place.hash.slice(name.length);
  history.replaceState(history.state, '', place.pathname + place.search);
  try {
    return decodeURIComponent(written) || undefined;
  } catch {
    // Whoever cut the link off is told that it is no good, as of one that was used.
    return written;
  }
}

let code: string | undefined;
const listeners = new Set<() => void>();

function keep(taken: string | undefined): void {
  code = taken;
  listeners.forEach((tell) => tell());
}

/** Takes it when the page opens, and when a link is followed in a page that is open: that loads nothing. */
export function beginCodes(): void {
  const take = () => {
    const taken = takeCode(location, history);
    if (taken) {
      keep(taken);
    }
  };
  take();
  addEventListener('hashchange', take);
}

/** Whether a host is this very machine, where nobody makes codes who has no token of its server. */
export const isOwnMachine = (host: string) => host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);

/** A link is good for one answer: it was followed, or not, or somebody signed in without it. */
export const dropCode = () => keep(undefined);

export const codeOfLink = () => code;

export function onCode(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
