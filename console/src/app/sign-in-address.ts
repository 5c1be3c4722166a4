const name = '#sign-in=';

/**
 * The code behind a link such as `/#sign-in=…`, which `./demo` prints and which signs in once. What is behind the `#` is sent to no server;
 * it is taken out of the address, and of the browser's history, before anything is done with it.
 */
export function takeCodeOfAddress(): string | undefined {
  if (!location.hash.startsWith(name)) {
    return undefined;
  }
  const code = decodeURIComponent(location.hash.slice(name.length));
  history.replaceState(history.state, '', location.pathname + location.search);
  return code || undefined;
}
