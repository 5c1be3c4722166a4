const name = '#sign-in=';

/**
 * The single-use token behind a link such as `/#sign-in=…`, which `./demo` prints. What is behind the `#` is sent to no server;
 * it is taken out of the address, and of the browser's history, before anything is done with it.
 */
export function takeTokenOfAddress(): string | undefined {
  if (!location.hash.startsWith(name)) {
    return undefined;
  }
  const token = decodeURIComponent(location.hash.slice(name.length));
  history.replaceState(history.state, '', location.pathname + location.search);
  return token || undefined;
}
