import { describe, expect, it } from 'vitest';
import type { Install } from '../../api/types';
import { installedFor } from './installed';

const install = (updatedAt: string) => [{ id: 'i', version: '2.0.0', updatedAt }] as Install[];
const run = { installId: 'i', state: 'running', startedAt: '2026-03-02T09:00:00Z' };

describe('installedFor', () => {
  it('is the version that was installed before it started', () => expect(installedFor(run, install('2026-03-02T08:00:00Z'))).toBe('2.0.0'));
  it('is not known once the install was changed since', () => expect(installedFor(run, install('2026-03-02T09:00:01Z'))).toBeUndefined());
  it.each([[{ ...run, state: 'failed' }], [{ ...run, installId: 'other' }]])('is none of %j', (other) =>
    expect(installedFor(other, install('2026-03-02T08:00:00Z'))).toBeUndefined());
});
