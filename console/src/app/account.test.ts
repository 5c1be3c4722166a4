import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionQuery } from '../api/session';
import type { Session } from '../api/types';
import { guardAccount } from './account';

vi.mock('../api/client', () => ({ api: {}, answer: () => Promise.reject(new Error('not asked here')) }));

const anna = { name: 'anna', role: 'admin', tenants: ['acme', 'globex'] } as Session;

let client: QueryClient;
let told: number;
let hear: () => void;
const forget = vi.fn();

beforeEach(() => {
  client = new QueryClient();
  told = 0;
  forget.mockClear();
  guardAccount(client, forget, { postMessage: () => told++, addEventListener: (_, listener) => (hear = listener) });
  client.setQueryData(sessionQuery.queryKey, anna);
  client.setQueryData(['schedules', 'acme'], ['nightly']);
  told = 0;
  forget.mockClear();
});

const kept = () => client.getQueryData(['schedules', 'acme']);

describe('guardAccount', () => {
  it.each([
    ['nobody', null],
    ['somebody else', { ...anna, name: 'bert' }],
    ['another role', { ...anna, role: 'viewer' } as Session],
    ['other tenants', { ...anna, tenants: ['acme'] }],
  ])('forgets everything for %s, and tells the other tabs', (_, next) => {
    client.setQueryData(sessionQuery.queryKey, next as Session | null);
    expect(kept()).toBeUndefined();
    expect(client.getQueryData(sessionQuery.queryKey)).toEqual(next);
    expect(forget).toHaveBeenCalledOnce();
    expect(told).toBe(1);
  });

  it('keeps it for the same account, whose session goes on', () => {
    client.setQueryData(sessionQuery.queryKey, { ...anna, tenants: ['globex', 'acme'], endsAt: '2026-01-01T00:00:00Z' } as Session);
    expect(kept()).toEqual(['nightly']);
    expect(forget).not.toHaveBeenCalled();
    expect(told).toBe(0);
  });

  it('looks at the session again when another tab says so', () => {
    hear();
    expect(client.getQueryState(sessionQuery.queryKey)?.isInvalidated).toBe(true);
  });
});
