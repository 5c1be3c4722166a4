import { describe, expect, it } from 'vitest';
import type { Version } from '../../api/extensions';
import type { Install } from '../../api/types';
import { byVersion, byExtension, ofVersionFirst } from './holding';
import { byPart, listed } from './versions';

const version = (extensionId: string, name: string, publishedAt: string): Version => ({
  id: name,
  extensionId,
  version: name,
  publisher: 'Acme',
  sha256: '',
  capabilities: [],
  endpoints: [],
  publishedAt,
  compilation: { state: 'compiled' },
});

describe('the registry', () => {
  const extensions = [
    { id: 'com.acme.sync', versions: [version('com.acme.sync', '0.2.0', '2026-01-01'), version('com.acme.sync', '0.1.1', '2026-02-01')] },
    { id: 'com.acme.books', versions: [version('com.acme.books', '1.0.0', '2026-01-01')] },
  ];
  it('is by name, with the version that was published last, which need not be the highest', () => {
    expect(listed(extensions, [], '').map(({ id, latest }) => [id, latest.version])).toEqual([
      ['com.acme.books', '1.0.0'],
      ['com.acme.sync', '0.1.1'],
    ]);
  });
  it('knows what a tenant has, and is searched', () => {
    const [found, ...others] = listed(extensions, [{ extensionId: 'com.acme.sync', version: '0.2.0' } as Install], 'SYNC');
    expect(found?.install?.version).toBe('0.2.0');
    expect(others).toEqual([]);
  });
});

describe('what is wrong with a bundle', () => {
  it('is said by part, with the place inside it', () => {
    const problems = [{ path: 'manifest.json:$.name' }, { path: 'manifest.json:$.api.endpoints[0].path' }, { path: '' }, { path: 'dist/main.wasm' }];
    expect(byPart(problems).map(({ part, problems: found }) => [part, found.map(({ at }) => at)])).toEqual([
      ['manifest.json', ['name', 'api.endpoints[0].path']],
      ['', ['']],
      ['dist/main.wasm', ['']],
    ]);
  });
});

describe('who has it', () => {
  const installs = ['1.4.0', '2.0.0', '1.4.0'].map((version, at) => ({ version, at }));
  it('is counted by version, and those who have the one that is looked at go first', () => {
    expect(byVersion(installs)).toEqual([['1.4.0', 2], ['2.0.0', 1]]);
    expect(ofVersionFirst(installs, '2.0.0').map(({ at }) => at)).toEqual([1, 0, 2]);
  });
  it('is beside what fails of it', () => {
    expect([...byExtension(['a', 'b'], [{ extensionId: 'a' }, { extensionId: 'a' }])]).toEqual([['a', 2], ['b', 0]]);
    expect([...byExtension(['a'], undefined)]).toEqual([]);
  });
});
