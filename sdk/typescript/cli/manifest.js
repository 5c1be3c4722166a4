import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildProblem } from './build-problem.js';

/**
 * What the build needs of manifest.json. The host checks the whole of it when the bundle is published.
 *
 * @typedef {{ name: string, version: string, assets: string[], sbom?: string, bytes: Uint8Array }} Manifest
 */

const reverseDomain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
const semver = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** @param {string} root @returns {Promise<Manifest>} */
export async function readManifest(root) {
  const path = join(root, 'manifest.json');
  const bytes = await readFile(path).catch((error) => {
    throw new BuildProblem(
      error.code === 'ENOENT' ? `${path} is missing: an extension needs a manifest.json` : `${path} cannot be read: ${error.message}`,
    );
  });

  let manifest;
  try {
    manifest = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new BuildProblem(`${path} is not JSON: ${/** @type {Error} */ (error).message}`);
  }
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw new BuildProblem(`${path} must hold a JSON object`);
  }

  const problems = [
    ...check(manifest.name, '$.name', (text) => reverseDomain.test(text), 'must be in reverse-domain form, lower case, such as com.acme.sync'),
    ...check(manifest.version, '$.version', (text) => semver.test(text), 'must be a semantic version such as 1.0.0'),
    ...check(manifest.runtime, '$.runtime', (text) => text === 'wasm-js@1', 'must be wasm-js@1'),
    ...checkPaths(manifest.assets, '$.assets'),
    ...(manifest.sbom === undefined || typeof manifest.sbom === 'string' ? [] : ['$.sbom must be a path']),
  ];
  if (problems.length > 0) {
    throw new BuildProblem(`${path} is not right:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
  return { name: manifest.name, version: manifest.version, assets: manifest.assets ?? [], sbom: manifest.sbom, bytes };
}

/** @param {unknown} value @param {string} path @param {(text: string) => boolean} good @param {string} rule */
function check(value, path, good, rule) {
  return typeof value === 'string' && good(value) ? [] : [`${path} ${rule}`];
}

/** @param {unknown} value @param {string} path */
function checkPaths(value, path) {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '') ? [] : [`${path} must be a list of paths`];
}
