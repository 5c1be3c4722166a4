import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const cli = fileURLToPath(new URL('../cli/escapement-extension.js', import.meta.url));
const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const good = { name: 'com.acme.sync', version: '1.0.0', runtime: 'wasm-js@1' };
const home = await mkdtemp(join(tmpdir(), 'escapement-tests-'));
after(() => rm(home, { recursive: true, force: true }));

let count = 0;

/** Runs the command over a project of the given files. @param {Record<string, unknown>} files */
async function build(files, { typescript = false, engine = 'starlingmonkey' } = {}) {
  const root = join(home, `project-${++count}`);
  await mkdir(root);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  if (typescript) {
    await symlink(modules, join(root, 'node_modules'));
  }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'build', '--engine', engine, root]);
    return { code: 0, stdout, stderr: '' };
  } catch (error) {
    return /** @type {{ code: number, stdout: string, stderr: string }} */ (error);
  }
}

/** @param {Record<string, unknown>} files @param {RegExp} message */
async function refuses(files, message, options = {}) {
  const { code, stderr } = await build(files, options);
  assert.equal(code, 1, stderr);
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /^\s+at /m, 'a stack is not for the author');
}

test('a missing manifest is named', () => refuses({}, /error: .*manifest\.json is missing/));
test('a manifest that is not JSON is named', () => refuses({ 'manifest.json': '{' }, /manifest\.json is not JSON/));
test('a manifest lists every problem with its path', () =>
  refuses({ 'manifest.json': { name: 'Sync', version: '1', runtime: 'js', assets: 'ui' } }, /\$\.name .*\n.*\$\.version .*\n.*\$\.runtime .*\n.*\$\.assets /));
test('a missing entry is named', () => refuses({ 'manifest.json': good }, /has no src\/index\.ts or src\/handler\.ts/));
test('an asset that is missing is named', () =>
  refuses({ 'manifest.json': { ...good, assets: ['ui/a.html'] }, 'src/index.ts': '' }, /lists ui\/a\.html, which does not exist/));
test('an asset outside the folder is refused', () =>
  refuses({ 'manifest.json': { ...good, assets: ['ui/../../a'] }, 'src/index.ts': '' }, /not inside the extension's folder/));
test('an entry without a handler is explained', () =>
  refuses({ 'manifest.json': good, 'src/index.ts': 'export const x = 1;' }, /An extension exports: export async function handler/));
test('a Node module is explained', () =>
  refuses({ 'manifest.json': good, 'src/index.ts': "import 'node:fs'; export function handler() {}" }, /Node modules do not exist in the sandbox/));
test('QuickJS takes no await outside of functions, and says in which file it is', () =>
  refuses(
    { 'manifest.json': good, 'src/index.ts': "export { handler } from './handler';", 'src/handler.ts': 'export const handler = await 1;' },
    /With --engine quickjs nothing can be awaited outside of a function(.|\n)*src\/handler\.ts:1:23(.|\n)*Await it in the handler/,
    { engine: 'quickjs' },
  ));
test('a syntax error shows its line', () => refuses({ 'manifest.json': good, 'src/handler.ts': 'export function {' }, /src\/handler\.ts:1:16/));

test('a type error stops the build when the project has TypeScript', () =>
  refuses(
    {
      'manifest.json': good,
      'tsconfig.json': { compilerOptions: { strict: true, types: [] }, include: ['src'] },
      'src/index.ts': 'export const handler: number = "x";',
    },
    /TypeScript found errors:\n.*TS2322/s,
    { typescript: true },
  ));

test('without TypeScript the build says that types were not checked', async () => {
  const { stdout } = await build({ 'manifest.json': good, 'tsconfig.json': {}, 'src/index.ts': 'export const x = 1;' });
  assert.match(stdout, /skipped: typescript is not installed/);
});

for (const wrong of [['biuld'], ['build', '.', '.'], ['build', '--engine', 'v8'], ['build', '--fast'], []]) {
  test(`'${wrong.join(' ')}' is a wrong command and shows the usage`, async () => {
    await assert.rejects(promisify(execFile)(process.execPath, [cli, ...wrong]), { code: 2, stderr: /^Usage: .*--engine starlingmonkey\|quickjs/ });
  });
}
