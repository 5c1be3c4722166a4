import { BuildProblem } from './build-problem.js';

const block = 512;

/**
 * A POSIX ustar archive of regular files. The same files give the same bytes on every machine and day: sorted by name, with
 * fixed times, owners and modes.
 *
 * @param {{ name: string, bytes: Uint8Array }[]} files Names with forward slashes.
 * @returns {Uint8Array}
 */
export function tar(files) {
  const parts = [];
  for (const { name, bytes } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    parts.push(header(name, bytes.length), bytes, new Uint8Array(-bytes.length & (block - 1)));
  }
  return Buffer.concat([...parts, new Uint8Array(2 * block)]);
}

/** @param {string} path @param {number} size */
function header(path, size) {
  const [prefix, name] = split(path);
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0);
  bytes.write(octal(0o644, 8), 100);
  bytes.write(octal(0, 8), 108);
  bytes.write(octal(0, 8), 116);
  bytes.write(octal(size, 12), 124);
  bytes.write(octal(0, 12), 136);
  bytes.write('        ', 148); // the checksum counts itself as spaces
  bytes.write('0', 156);
  bytes.write('ustar\u000000', 257, 'latin1');
  bytes.write(prefix, 345);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}

/** @param {number} value @param {number} width */
function octal(value, width) {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

/** A name has 100 bytes, and 155 more for the folders before it. @param {string} path */
function split(path) {
  if (Buffer.byteLength(path) <= 100) {
    return ['', path];
  }
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const parts = [path.slice(0, slash), path.slice(slash + 1)];
    if (Buffer.byteLength(/** @type {string} */ (parts[1])) <= 100 && Buffer.byteLength(/** @type {string} */ (parts[0])) <= 155) {
      return /** @type {[string, string]} */ (parts);
    }
  }
  throw new BuildProblem(`the path is too long for a bundle: ${path}`);
}
