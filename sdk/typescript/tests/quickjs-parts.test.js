import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bundleScript } from '../cli/bundle-script.js';
import { quickJs } from '../cli/engines/quickjs.js';

const home = await mkdtemp(join(tmpdir(), 'escapement-parts-'));
after(() => rm(home, { recursive: true, force: true }));

/** The script for QuickJS of an extension. @param {string} code */
async function bundled(code) {
  const root = await mkdtemp(join(home, 'project-'));
  await mkdir(join(root, 'src'));
  const entry = join(root, 'src', 'index.ts');
  await writeFile(entry, code);
  return (await bundleScript(root, entry, quickJs, () => {})).script;
}

const library = (/** @type {string} */ script, /** @type {string} */ name) => script.includes(`core-js/modules/${name}.js`);

test('a script that speaks of none of the parts has none of them', async () => {
  const script = await bundled('export const handler = async () => ({ status: 200, headers: [] });');
  assert.ok(!script.includes('core-js'));
  assert.doesNotMatch(script, /\basync\b|\bawait\b/, 'the engine would make promises of its own');
});

test('a part comes where the script has its name anywhere', async () => {
  const script = await bundled('const { structuredClone: copy } = globalThis as any; export const handler = () => copy({}); export const a: URL = 1 as any;');
  assert.ok(library(script, 'web.structured-clone'));
  assert.ok(!library(script, 'web.url'), 'a type is no code');
  assert.ok(library(await bundled('export const handler = () => new URL("http://a");'), 'web.url'));
  assert.ok(library(await bundled('export const handler = () => Array.fromAsync([]);'), 'es.array.from-async'));
});
