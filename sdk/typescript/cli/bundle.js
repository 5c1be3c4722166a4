import { lstat, readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, posix } from 'node:path';
import zstd from '@bokuweb/zstd-wasm';
import { BuildProblem } from './build-problem.js';
import { tar } from './tar.js';

/** @typedef {{ name: string, bytes: Uint8Array }} Entry */

/**
 * The files of a bundle beside the component: the manifest and what it lists. A listed folder stands for all in it.
 *
 * @param {string} root @param {import('./manifest.js').Manifest} manifest
 * @returns {Promise<Entry[]>}
 */
export async function collectEntries(root, manifest) {
  const files = new Map([['manifest.json', manifest.bytes]]);
  const listed = [...manifest.assets, ...(manifest.sbom === undefined ? [] : [manifest.sbom])];
  for (const asset of listed) {
    const name = posix.normalize(asset.replaceAll('\\', '/')).replace(/\/$/, '');
    if (isAbsolute(asset) || name === '..' || name.startsWith('../') || name === '.') {
      throw new BuildProblem(`manifest.json lists ${asset}, which is not inside the extension's folder`);
    }
    await add(root, name, files);
  }
  files.delete('dist/main.wasm'); // always the ones just built
  files.delete('dist/main.js.map');
  return [...files].map(([name, bytes]) => ({ name, bytes }));
}

/** @param {string} root @param {string} name @param {Map<string, Uint8Array>} files */
async function add(root, name, files) {
  const path = join(root, name);
  const found = await lstat(path).catch(() => undefined);
  if (found?.isFile()) {
    files.set(name, await readFile(path));
  } else if (found?.isDirectory()) {
    for (const child of await readdir(path)) {
      await add(root, `${name}/${child}`, files);
    }
  } else if (found) {
    throw new BuildProblem(`${name} is neither a file nor a folder; a bundle holds no links`);
  } else if (name !== 'dist/main.wasm') {
    throw new BuildProblem(`manifest.json lists ${name}, which does not exist`);
  }
}

// Once: a second init swaps the module's memory while calls are using it.
/** @type {Promise<void> | undefined} */
let ready;

/** @param {Entry[]} entries @returns {Promise<Uint8Array>} A `.tar.zst`; the same entries give the same bytes. */
export async function packBundle(entries) {
  // In WebAssembly because Node 20 has no zstd of its own, and so that every version of Node writes the same bytes.
  await (ready ??= zstd.init());
  return zstd.compress(tar(entries), 12);
}
