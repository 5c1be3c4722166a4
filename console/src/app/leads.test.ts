import { describe, expect, it, vi } from 'vitest';
import { leadsOf } from './leads';
import { matching } from './palette/matching';

vi.mock('./places', () => ({ apiRoot: 'http://server.test/' }));

const found = (typed: string, scope: string, may: { change: boolean; operate: boolean }) =>
  matching(leadsOf(scope, may).map((lead) => ({ ...lead, act: () => {} })), typed).map(({ id }) => id);

describe('leadsOf', () => {
  it('is found by what is to be done', () => {
    const operator = { change: true, operate: true };
    expect(found('pause', 'acme', operator)).toEqual(['pause', 'pause-tenant']);
    expect(found('pause', '~all', operator)).toEqual(['pause']);
    expect(found('drain', 'acme', operator)).toEqual(['drain']);
    expect(found('upgrade', 'acme', operator)).toEqual(['upgrade']);
    expect(found('token', 'acme', operator)).toEqual(['tokens']);
  });
  it('leads nobody to what they may not do', () => {
    expect(found('', 'acme', { change: false, operate: false })).toEqual([]);
    expect(found('drain', 'acme', { change: true, operate: false })).toEqual([]);
  });
});
