import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bundleScript } from '../cli/bundle-script.js';
import { engines } from '../cli/engines/index.js';
import { packSourceMap } from '../cli/source-map.js';

const home = await mkdtemp(join(tmpdir(), 'escapement-maps-'));
after(() => rm(home, { recursive: true, force: true }));

for (const engine of engines) {
  test(`a place in the script that is bundled for ${engine.name} leads to the author's own file, line and column`, async () => {
    await mkdir(join(home, 'src', 'deep'), { recursive: true });
    await writeFile(join(home, 'src', 'index.ts'), "import { fail } from './deep/fail';\n\nexport async function handler() { fail(1); }\n");
    await writeFile(
      join(home, 'src', 'deep', 'fail.ts'),
      'interface A { b: number }\n\nexport function fail(a: number): never {\n  throw new TypeError(`broken ${a}`);\n}\n',
    );
    const { script, map } = await bundleScript(home, join(home, 'src', 'index.ts'), engine, () => {});
    const lines = script.split('\n');
    const line = lines.findIndex((text) => text.includes('new TypeError(`broken'));
    const found = new SourceMap(JSON.parse(new TextDecoder().decode(map))).findEntry(line, lines[line]?.indexOf('new TypeError') ?? -1);
    assert.deepEqual(
      [/** @type {any} */ (found).originalSource, /** @type {any} */ (found).originalLine, /** @type {any} */ (found).originalColumn],
      ['src/deep/fail.ts', 3, 8],
    );
    assert.ok(!new TextDecoder().decode(map).includes('interface A'), 'sources are not published');
  });
}

test('a map that is larger than hosts read is left out with a warning', () => {
  /** @type {string[]} */
  const lines = [];
  const map = packSourceMap(JSON.stringify({ sources: [], mappings: 'AAAA,'.repeat(500_000) }), home, (line) => lines.push(line));
  assert.equal(map, undefined);
  assert.match(lines.join(), /source map .* left out/);
});
