import { focusManager, QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionQuery, type SignedIn } from '../api/session';
import type { Session } from '../api/types';
import { guardAccount } from './account';

vi.mock('../api/client', () => ({ api: {}, answer: () => Promise.reject(new Error('not asked here')) }));

const anna = { name: 'anna', role: 'admin', tenants: ['acme', 'globex'] } as SignedIn;
const over = { ...anna, ended: true } as SignedIn;

let client: QueryClient;
let told: string[];
let hear: (what: string) => void;
const forget = vi.fn();

beforeEach(() => {
  client = new QueryClient();
  told = [];
  forget.mockClear();
  guardAccount(client, forget, {
    postMessage: (what) => told.push(what),
    addEventListener: (_, listener) => (hear = (data) => listener({ data })),
  });
  client.setQueryData(sessionQuery.queryKey, anna);
  client.setQueryData(['schedules', 'acme'], ['nightly']);
  told = [];
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
    expect(told).toEqual([next ? '' : 'left']);
  });

  it('keeps it for the same account, whose session goes on', () => {
    client.setQueryData(sessionQuery.queryKey, { ...anna, tenants: ['globex', 'acme'], endsAt: '2026-01-01T00:00:00Z' } as Session);
    expect(kept()).toEqual(['nightly']);
    expect(forget).not.toHaveBeenCalled();
    expect(told).toEqual([]);
  });

  it('looks at the session again when another tab says so', () => {
    hear('');
    expect(client.getQueryState(sessionQuery.queryKey)?.isInvalidated).toBe(true);
    expect(kept()).toEqual(['nightly']);
  });

  it('forgets everything when somebody signed out in another tab', () => {
    hear('left');
    expect(kept()).toBeUndefined();
    expect(client.getQueryData(sessionQuery.queryKey)).toBeNull();
  });

  it('keeps it where the session has ended by itself, asks for nothing, and reads it again once they are back', () => {
    client.setQueryData(sessionQuery.queryKey, over);
    expect([kept(), focusManager.isFocused()]).toEqual([['nightly'], false]);
    client.setQueryData(sessionQuery.queryKey, anna);
    expect(forget).not.toHaveBeenCalled();
    expect([focusManager.isFocused(), client.getQueryState(['schedules', 'acme'])?.isInvalidated]).toEqual([true, true]);
    expect(told).toEqual(['', '']);
  });

  it('says whether somebody signed in, or was all along', () => {
    const other = new QueryClient();
    guardAccount(other, forget, undefined);
    other.setQueryData(sessionQuery.queryKey, anna);
    other.setQueryData(sessionQuery.queryKey, null);
    other.setQueryData(sessionQuery.queryKey, anna);
    expect(forget.mock.calls.map(([, before]) => before as unknown)).toEqual([undefined, expect.stringContaining('anna'), '']);
  });

  it('forgets it when somebody else signs in over what waits', () => {
    client.setQueryData(sessionQuery.queryKey, over);
    client.setQueryData(sessionQuery.queryKey, { ...anna, name: 'bert' } as SignedIn);
    expect(kept()).toBeUndefined();
    expect(focusManager.isFocused()).toBe(true);
  });
});
