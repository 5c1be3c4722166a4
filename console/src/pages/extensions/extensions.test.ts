import { describe, expect, it } from 'vitest';
import type { Version } from '../../api/extensions';
import type { Install } from '../../api/types';
import { byPart, listed } from './versions';

const version = (extensionId: string, name: string, publishedAt: string): Version => ({
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
