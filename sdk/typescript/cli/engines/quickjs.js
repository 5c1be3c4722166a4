import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const quoted = (/** @type {string} */ name) => JSON.stringify(path(name).replaceAll('\\', '/'));

/**
 * QuickJS: small and quick to start. In a call it does not run the jobs of its own promises, so promises are a library's, and what the language
 * makes of them by itself becomes calls of that library.
 *
 * @type {import('./engine.js').Engine}
 */
export const quickJs = {
  name: 'quickjs',
  duration: '1 to 2 s',
  // Libraries, of which each takes its share of the component.
  parts: [
    { name: /\bURL(SearchParams)?\b/, line: `import ${quoted('dist/quickjs/url.js')};` },
    { name: /\bstructuredClone\b/, line: `import ${quoted('dist/quickjs/structured-clone.js')};` },
    { name: /\bfromAsync\b/, line: `import ${quoted('dist/quickjs/from-async.js')};` },
  ],
  wrapper: (serve, own) => [
    `import ${quoted('dist/quickjs/globals.js')};`,
    `import { answer } from ${quoted('dist/quickjs/answer.js')};`,
    `import { runJobs } from ${quoted('dist/quickjs/jobs.js')};`,
    `import { serve } from ${serve};`,
    `import { handler as own } from ${own};`,
    'runJobs();',
    'export const handler = answer(serve(own));',
  ],
  bundling: {
    conditions: ['escapement-quickjs', 'import'],
    external: ['alga:extension/*', 'wasi:*'],
    supported: { 'async-await': false, 'async-generator': false, 'for-await': false, 'top-level-await': false },
  },
  async componentize(sourcePath) {
    // Not before it is asked for: it is a native module, which not every platform has.
    const { componentize } = await import('componentize-qjs');
    const { component } = await componentize({
      witPath: path('dist/quickjs-wit'),
      world: 'runner',
      jsSource: await readFile(sourcePath, 'utf8'),
      // By these the engine's stack traces name the script as the source map does.
      jsPath: sourcePath,
      moduleRoot: dirname(sourcePath),
      // The other runtime needs hosts with asynchronous components.
      sync: true,
    });
    return component;
  },
};
