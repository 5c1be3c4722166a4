import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readManifest } from '../cli/manifest.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const repository = resolve(root, '../..');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

const guides = await markdown('docs/guides');
const withCode = ['README.md', 'sdk/typescript/README.md', ...guides];

/** What an example may use without saying where it comes from. */
const preamble = `import { host, HostError, jsonResponse, readHeader, readJson, readText } from '@escapement/extension-runtime';
import type { CreateScheduleInput, ExecuteRequest, ExecuteResponse, HostBindings } from '@escapement/extension-runtime';
`;

async function markdown(/** @type {string} */ folder) {
  const names = await readdir(join(repository, folder));
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
}

/** The fenced blocks of a document in one language. */
function blocks(/** @type {string} */ text, /** @type {string} */ language) {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code);
}

/**
 * Compiles examples as an extension's own code would be. One that begins with the comment of a file name is that file, so that others can import
 * it; one with imports is a module; any other is taken for the inside of an async function.
 *
 * @param {{ document: string, code: string }[]} examples
 */
async function compile(examples) {
  const directory = await mkdtemp(join(root, 'tests', 'tmp-'));
  try {
    for (const [index, { document, code }] of examples.entries()) {
      const named = /^\/\/ ([\w-]+\/[\w-]+\.ts)\n/.exec(code)?.[1];
      const file = join(directory, document.replaceAll('/', '_'), named ?? `example-${index + 1}.ts`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, /^(import|export) /m.test(code) ? code : `${preamble}export async function example() {\n${code}}\n`);
    }

    await writeFile(join(directory, 'tsconfig.json'), JSON.stringify({
      extends: '../../extension.tsconfig.json',
      compilerOptions: { types: [], exactOptionalPropertyTypes: false },
      include: ['.', '../../globals.d.ts'],
    }));
    await promisify(execFile)(process.execPath, [tsc, '--pretty', 'false', '-p', directory]);
    return '';
  } catch (error) {
    return String(/** @type {{ stdout?: string }} */ (error).stdout || error);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function examplesIn(/** @type {string} */ document) {
  const text = await readFile(join(repository, document), 'utf8');
  return blocks(text, 'typescript').map((code) => ({ document, code }));
}

test('every TypeScript example of the README and the guides compiles', async () => {
  const examples = (await Promise.all(withCode.map(examplesIn))).flat();
  for (const document of ['README.md', 'docs/guides/extension-authors.md']) {
    assert.ok(examples.some((example) => example.document === document), `${document} has no TypeScript example`);
  }
  assert.equal(await compile(examples), '');
});

test('a wrong example is noticed, in each of the three forms', async () => {
  const wrong = [
    'await host.scheduler.create({ endpoint: \'POST /api/collect\' });\n',
    'import { host } from \'@escapement/extension-runtime\';\nexport const schedules: string = host.scheduler.list();\n',
    '// src/named.ts\nexport const answer: number = \'text\';\n',
  ];
  for (const code of wrong) {
    assert.match(await compile([{ document: 'wrong.md', code }]), /error TS2\d+/);
  }
});

test('every example of a manifest is one that the build command takes', async () => {
  const directory = await mkdtemp(join(root, 'tests', 'tmp-'));
  try {
    let count = 0;
    for (const document of [...withCode, ...(await markdown('docs/reference'))]) {
      for (const code of blocks(await readFile(join(repository, document), 'utf8'), 'json')) {
        const parsed = JSON.parse(code);
        if ('runtime' in parsed) {
          await writeFile(join(directory, 'manifest.json'), code);
          await readManifest(directory);
          count++;
        }
      }
    }
    assert.ok(count >= 3, `only ${count} manifests were found`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test('every link inside the documentation leads to a file and, where it names one, to a heading', async () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...(await markdown('docs')), ...guides, ...(await markdown('docs/reference'))];
  const broken = [];
  let count = 0;
  for (const document of documents) {
    const text = await readFile(join(repository, document), 'utf8');
    for (const [, target = ''] of text.replace(/^```.*?^```$/gms, '').matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) {
        continue;
      }
      count++;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? join(repository, document) : resolve(repository, dirname(document), path);
      const exists = await access(file).then(() => true, () => false);
      if (!exists || (anchor !== undefined && !headings(await readFile(file, 'utf8')).includes(anchor))) {
        broken.push(`${document}: ${target} (${relative(repository, file) || basename(file)})`);
      }
    }
  }
  assert.ok(count > 0);
  assert.deepEqual(broken, []);
});

/** The anchors of a document's headings, as code hosts make them. */
function headings(/** @type {string} */ text) {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(/[^\w\- ]/g, '').trim().replaceAll(' ', '-'));
}
