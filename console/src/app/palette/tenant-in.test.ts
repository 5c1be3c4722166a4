import { describe, expect, it } from 'vitest';
import { tenantIn } from './tenant-in';

const tenants = ['acme', 'alpenrose', 'globex', 'globex-eu'];

describe('tenantIn', () => {
  it.each([
    ['price feed alpenrose', 'alpenrose', 'price feed'],
    ['Price feed of Alpenrose', 'alpenrose', 'Price feed'],
    ['alpenrose price feed', 'alpenrose', 'price feed'],
    [' price feed  alpen ', 'alpenrose', 'price feed'],
    ['price globex', 'globex', 'price'],
    ['price globex-', 'globex-eu', 'price'],
    ['acme alpenrose', 'alpenrose', 'acme'],
  ])('%s', (typed, tenant, q) => expect(tenantIn(typed, tenants)).toEqual({ tenant, q }));
  it.each(['', 'alpenrose', 'of alpenrose', 'price feed', 'price glob', 'price al'])('is none in %j', (typed) =>
    expect(tenantIn(typed, tenants)).toBeUndefined(),
  );
});
