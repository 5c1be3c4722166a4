import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { allTenants } from '../app/scope-name';
import { pastQuery } from './calendar';
import type { Run } from './types';

const server = vi.hoisted(() => ({ asked: [] as Record<string, string>[], answer: (_: Record<string, string>): unknown[] => [] }));

vi.mock('./client', () => ({
  answer: (asked: unknown) => asked,
  api: {
    GET: (_: string, { params: { query } }: { params: { query: Record<string, string> } }) => {
      server.asked.push(query);
      return Promise.resolve({ items: server.answer(query) });
    },
  },
}));

const [from, to] = ['2026-11-30T00:00:00.000Z', '2026-12-01T00:00:00.000Z'];
const row = (id: string, dueAt: string, first: string, last: string) =>
  ({ id, dueAt, state: 'missed', missed: { count: 9, from: first, to: last } }) as Run;
const read = async (scope: string) => (await new QueryClient().fetchQuery(pastQuery({ scope }, from, to, 'troubles'))).runs.map(({ id }) => id);

it('of a tenant has what stands under an occurrence outside the time, and reaches into it', async () => {
  server.answer = ({ reaching }) => [row(reaching ? 'night' : 'day', from, from, from)];
  expect(await read('acme')).toEqual(['day', 'night']);
  expect(server.asked.map((query) => [query.from, query.to, query.reaching])).toEqual([
    [from, to, undefined],
    [from, to, 'true'],
  ]);
});

it('of all tenants has what was due in the time, whichever occurrence it stands under', async () => {
  const rows = [
    row('before', '2026-11-29T22:00:00Z', '2026-11-29T22:00:00Z', '2026-11-29T23:59:59Z'),
    row('into', '2026-11-29T22:00:00Z', '2026-11-29T22:00:00Z', '2026-11-30T02:00:00Z'),
    row('out-of', '2026-12-01T02:00:00Z', '2026-11-30T22:00:00Z', '2026-12-01T02:00:00Z'),
    row('over', '2026-12-01T02:00:00Z', '2026-11-29T22:00:00Z', '2026-12-01T02:00:00Z'),
    row('after', '2026-12-01T02:00:00Z', '2026-12-01T00:00:00Z', '2026-12-01T02:00:00Z'),
  ];
  server.answer = ({ state }) => (state ? rows : []);
  expect(await read(allTenants)).toEqual(['into', 'out-of', 'over']);
});
