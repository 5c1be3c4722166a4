import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { collectEntries, packBundle } from './bundle.js';
import { bundleScript, findEntry } from './bundle-script.js';
import { BuildProblem } from './build-problem.js';
import { componentizeScript } from './componentize-script.js';
import { readManifest } from './manifest.js';
import { checkTypes } from './check-types.js';

/**
 * Builds the extension in a directory: the bundle and, for a look at it, the component alone.
 *
 * @param {string} directory
 * @param {import('./engines/engine.js').Engine} engine
 * @param {(line: string) => void} report Gets a line before and after each slow step.
 * @returns {Promise<{ component: string, bundle: string }>} Paths of what was written.
 */
export async function build(directory, engine, report) {
  const root = resolve(directory);
  if (!(await stat(root).catch(() => undefined))?.isDirectory()) {
    throw new BuildProblem(`${root} is not a directory`);
  }

  const manifest = await readManifest(root);
  const entry = await findEntry(root);
  report(`Building ${manifest.name} ${manifest.version} from ${relative(root, entry)}`);

  const dist = join(root, 'dist');
  const componentPath = join(dist, 'main.wasm');
  const bundlePath = join(dist, `${manifest.name}-${manifest.version}.tar.zst`);
  const step = steps(4, report);

  // What is packed beside the component is looked at first: a wrong path should not cost a component build.
  const entries = await collectEntries(root, manifest);
  await step('Checking types', () => checkTypes(root));
  const { script, map } = await step('Bundling the script', () => bundleScript(root, entry, engine, report));
  const component = await step(`Making the component with ${engine.name} (takes a while: ${engine.duration})`, () => componentizeScript(script, engine));
  await mkdir(dist, { recursive: true });
  await replace(componentPath, component);
  const bundle = await step('Packing', async () => {
    const mapped = map === undefined ? [] : [{ name: 'dist/main.js.map', bytes: map }];
    const bytes = await packBundle([...entries, { name: 'dist/main.wasm', bytes: component }, ...mapped]);
    await replace(bundlePath, bytes);
    return bytes;
  });

  report(`Component: ${relative(process.cwd(), componentPath)} (${size(component)})`);
  report(`Bundle:    ${relative(process.cwd(), bundlePath)} (${size(bundle)})`);
  return { component: componentPath, bundle: bundlePath };
}

/** @param {number} count @param {(line: string) => void} report */
function steps(count, report) {
  let number = 0;
  /** @template T @param {string} what @param {() => Promise<T>} work @returns {Promise<T>} */
  return async (what, work) => {
    report(`[${++number}/${count}] ${what} ...`);
    const started = performance.now();
    const result = await work();
    const note = typeof result === 'string' && what === 'Checking types' ? `${result}, ` : '';
    report(`      ${note}${((performance.now() - started) / 1000).toFixed(1)} s`);
    return result;
  };
}

/**
 * Writes beside the target and renames, so that a build that is stopped half-way leaves no half file.
 *
 * @param {string} path @param {Uint8Array} bytes
 */
async function replace(path, bytes) {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, bytes);
  await rename(draft, path);
}

/** @param {Uint8Array} bytes */
function size(bytes) {
  return `${(bytes.length / 1_000_000).toFixed(1)} MB`;
}
