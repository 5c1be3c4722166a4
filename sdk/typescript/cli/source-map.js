import { fileURLToPath } from 'node:url';
import { relative, resolve } from 'node:path';

/** Hosts look at no larger map. */
const mostBytes = 2 * 1024 * 1024;

/**
 * The map of the script as it goes into the bundle: without the sources themselves, which would be published with it, and with their paths
 * as the author knows them.
 *
 * @param {string} text As esbuild wrote it. @param {string} root The extension's folder. @param {(line: string) => void} report
 * @returns {Uint8Array | undefined} Nothing when it is too large for a host.
 */
export function packSourceMap(text, root, report) {
  const { sources, mappings } = JSON.parse(text);
  const runtime = fileURLToPath(new URL('..', import.meta.url));
  const named = sources.map((/** @type {string} */ source) => {
    const path = resolve(root, source);
    return path.startsWith(runtime) ? `@escapement/extension-runtime/${slashes(relative(runtime, path))}` : slashes(relative(root, path));
  });
  const bytes = new TextEncoder().encode(JSON.stringify({ version: 3, file: 'main.js', sources: named, names: [], mappings: withoutNames(mappings) }));
  if (bytes.length > mostBytes) {
    report(`warning: the source map has ${bytes.length} bytes and is left out, for hosts read at most ${mostBytes}: errors will name the bundled script`);
    return undefined;
  }
  return bytes;
}

/** @param {string} path */
const slashes = (path) => path.replaceAll('\\', '/');

// A segment's fifth number names an identifier; stack traces have no use for it, but a later one counts from it.
/** @param {string} mappings */
const withoutNames = (mappings) => mappings.replaceAll(/[A-Za-z0-9+/]+/g, (segment) => (segment.match(/[g-z0-9+/]*[A-Za-f]/g) ?? []).slice(0, 4).join(''));
