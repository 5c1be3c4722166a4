import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const guide = new URL('../../../tests/extensions/guide-examples/guide/', import.meta.url);
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

const printed = (await readFile(new URL('types.ts', guide), 'utf8')) + (await readFile(new URL('scheduler-host.ts', guide), 'utf8'));
const names = [...printed.matchAll(/^interface (\w+)/gm)].map(([, name]) => name);

/** Compiles the guide's text beside the runtime's types and demands that each pair is the same type, both ways. */
async function compare(/** @type {string} */ text) {
  const directory = await mkdtemp(join(root, 'tests', 'tmp-'));
  try {
    const file = join(directory, 'compare.ts');
    const checks = names.map((name) => `export const is${name}: Same<${name}, sdk.${name}> = true;`).join('\n');
    await writeFile(
      file,
      `import type * as sdk from '../../dist/index.js';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
  ? [A, B] extends [B, A] ? true : false : false;
${text}
${checks}
`,
    );
    await promisify(execFile)(process.execPath, [
      tsc, '--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2023', '--lib', 'es2023', '--types', '',
      '--module', 'nodenext', '--moduleResolution', 'nodenext', file,
    ]);
    return '';
  } catch (error) {
    return String(/** @type {{ stdout?: string }} */ (error).stdout || error);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

test('the guide\'s types and the runtime\'s are the same', async () => {
  assert.equal(names.length, 8);
  assert.equal(await compare(printed), '');
});

test('a type that differs in one field is noticed, and what uses it too', async () => {
  const errors = await compare(printed.replace('fieldErrors?: string;', 'fieldErrors?: object;'));
  assert.equal(errors.match(/error TS2322/g)?.length, 2, errors); // CreateScheduleResult, SchedulerHost
});
