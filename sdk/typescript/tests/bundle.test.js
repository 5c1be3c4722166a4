import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import zstd from '@bokuweb/zstd-wasm';
import { collectEntries, packBundle } from '../cli/bundle.js';
import { tar } from '../cli/tar.js';

const home = await mkdtemp(join(tmpdir(), 'escapement-bundle-'));
after(() => rm(home, { recursive: true, force: true }));

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

async function project() {
  const root = await mkdtemp(join(home, 'project-'));
  await mkdir(join(root, 'ui', 'img'), { recursive: true });
  await writeFile(join(root, 'ui', 'index.html'), '<p>');
  await writeFile(join(root, 'ui', 'img', 'a.svg'), '<svg/>');
  return { root, manifest: { name: 'com.acme.sync', version: '1.0.0', assets: ['ui/'], bytes: bytes('{}') } };
}

test('the same files give the same bytes, whatever their order and times', async () => {
  const one = await project();
  const two = await project();
  await utimes(join(two.root, 'ui', 'index.html'), 1, 1);
  const first = await collectEntries(one.root, one.manifest);
  const second = await collectEntries(two.root, two.manifest);
  assert.deepEqual(await packBundle(first), await packBundle(second.reverse()));
});

test('the archive holds manifest, component and assets, sorted, as tar itself reads it', async () => {
  const { root, manifest } = await project();
  const entries = [...(await collectEntries(root, manifest)), { name: 'dist/main.wasm', bytes: bytes('wasm') }];
  const archive = join(root, 'bundle.tar');
  await writeFile(archive, zstd.decompress(await packBundle(entries)));

  const { stdout } = await promisify(execFile)('tar', ['-tf', archive]);
  assert.deepEqual(stdout.trim().split('\n'), ['dist/main.wasm', 'manifest.json', 'ui/img/a.svg', 'ui/index.html']);
  assert.equal((await promisify(execFile)('tar', ['-xOf', archive, 'ui/img/a.svg'])).stdout, '<svg/>');
});

test('a link among the assets is refused', async () => {
  const { root, manifest } = await project();
  await symlink('/etc/hostname', join(root, 'ui', 'link'));
  await assert.rejects(collectEntries(root, manifest), /ui\/link is neither a file nor a folder/);
});

test('a path of 101 to 255 bytes is split, a longer one refused', async () => {
  const long = `${'d'.repeat(99)}/${'f'.repeat(100)}`;
  await writeFile(join(home, 'long.tar'), tar([{ name: long, bytes: bytes('x') }]));
  assert.equal((await promisify(execFile)('tar', ['-tf', join(home, 'long.tar')])).stdout.trim(), long);
  assert.throws(() => tar([{ name: 'f'.repeat(101), bytes: bytes('x') }]), /too long for a bundle/);
});
