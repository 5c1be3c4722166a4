import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { BuildProblem } from './build-problem.js';
import { packSourceMap } from './source-map.js';

const candidates = ['src/index.ts', 'src/handler.ts', 'src/index.js', 'src/handler.js'];
const serve = fileURLToPath(new URL('../dist/component/serve.js', import.meta.url));

/** @param {string} root @returns {Promise<string>} The file that exports the handler. */
export async function findEntry(root) {
  for (const candidate of candidates) {
    const path = join(root, candidate);
    if ((await stat(path).catch(() => undefined))?.isFile()) {
      return path;
    }
  }
  throw new BuildProblem(`${root} has no src/index.ts or src/handler.ts: one of them must export the function handler`);
}

/**
 * Makes one module of the handler and all that it uses, exporting what world `runner` asks for.
 *
 * @param {string} root @param {string} entry @param {import('./engines/engine.js').Engine} engine @param {(line: string) => void} report
 * @returns {Promise<{ script: string, map: Uint8Array | undefined }>} The module, and where in the author's files its lines come from.
 */
export async function bundleScript(root, entry, engine, report) {
  const path = (/** @type {string} */ file) => JSON.stringify(file.replaceAll('\\', '/'));
  const own = path(`./${relative(root, entry)}`);
  const parts = await partsFor(engine, root, own);
  const { script, map, warnings } = await bundle(root, [...parts, ...engine.wrapper(path(serve), own)], engine.bundling);

  for (const warning of await esbuild.formatMessages(warnings, { kind: 'warning' })) {
    report(warning.trimEnd());
  }
  return { script, map: packSourceMap(map, root, report) };
}

/**
 * Which of the engine's parts the extension's own script and its libraries speak of.
 *
 * @param {import('./engines/engine.js').Engine} engine @param {string} root @param {string} own
 */
async function partsFor(engine, root, own) {
  if (engine.parts.length === 0) {
    return [];
  }
  const external = [...(engine.bundling.external ?? []), '@escapement/extension-runtime'];
  const { script } = await bundle(root, [`export * from ${own};`], { ...engine.bundling, external });
  return engine.parts.filter(({ name }) => name.test(script)).map(({ line }) => line);
}

/** @param {string} root @param {string[]} lines Of the first module. @param {import('./engines/engine.js').Engine['bundling']} bundling */
async function bundle(root, lines, bundling) {
  const result = await esbuild
    .build({
      stdin: {
        contents: lines.join('\n'),
        resolveDir: root,
        sourcefile: 'component.js',
      },
      absWorkingDir: root,
      bundle: true,
      // Nothing is written; the paths in the map count from here.
      outfile: 'main.js',
      write: false,
      sourcemap: 'external',
      sourcesContent: false,
      format: 'esm',
      target: 'es2023',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      ...bundling,
      logLevel: 'silent',
    })
    .catch(async (error) => {
      if (!Array.isArray(error.errors)) {
        throw error;
      }
      throw new BuildProblem(`the script cannot be bundled:\n${await explain(error.errors)}`);
    });

  const text = (/** @type {string} */ ending) => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), map: text('.map'), warnings: result.warnings };
}

/** @param {esbuild.Message[]} errors */
async function explain(errors) {
  const known = errors.map((error) =>
    /^No matching export .* for import "handler"$/.test(error.text)
      ? { ...error, notes: [{ text: 'An extension exports: export async function handler(request, host) { ... }' }] }
      : error.text.startsWith('Could not resolve "node:')
        ? { ...error, notes: [{ text: 'Node modules do not exist in the sandbox; use what host offers.' }] }
        : error.text.startsWith('Top-level await is not available')
          ? {
              ...error,
              text: 'With --engine quickjs nothing can be awaited outside of a function',
              notes: [{ text: 'Await it in the handler, or build with --engine starlingmonkey.' }],
            }
          : error,
  );
  return (await esbuild.formatMessages(known, { kind: 'error' })).join('').trimEnd();
}
