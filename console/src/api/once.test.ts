import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, api, once } from './client';
import { meanAnew } from './once';
import { Unreachable } from './problem';

vi.mock('../app/places', () => ({ apiRoot: 'http://server.test/' }));

// The client keeps the fetch that it finds when it is loaded.
const server = vi.hoisted(() => {
  const made = { keys: [] as (string | null)[], answers: [] as (Response | undefined)[] };
  globalThis.fetch = (request) => {
    made.keys.push((request as Request).headers.get('Idempotency-Key'));
    const next = made.answers.shift();
    return next ? Promise.resolve(next) : Promise.reject(new TypeError('Failed to fetch'));
  };
  return made;
});

const problem = (status: number, word: string) => Response.json({ type: `urn:escapement:problem:${word}` }, { status });
const runNow = (note: string) =>
  answer(
    api.POST('/api/v1/tenants/{tenant}/installs/{installId}/schedules/{scheduleId}/run-now', {
      params: { path: { tenant: 't', installId: 'i', scheduleId: 's' }, header: once() },
      body: { note },
    }),
  ).catch((error: unknown) => error);

async function keysOf(...answers: (Response | undefined)[]): Promise<(string | null)[]> {
  server.answers = [...answers];
  while (server.keys.length < answers.length) {
    await runNow('a');
  }
  return server.keys;
}

beforeEach(() => {
  server.keys = [];
  meanAnew();
});

describe('a key', () => {
  it('is the same when the same is sent again after no answer came', async () => {
    const [first, second, third] = await keysOf(undefined, undefined, Response.json({}));
    expect([first, second]).toEqual([third, third]);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
  });
  it.each([
    ['a proxy gave up on the server', new Response('<html>', { status: 504 })],
    ['the first is under way', problem(409, 'request-under-way')],
  ])('is the same while %s', async (_, open) => {
    const [first, second] = await keysOf(open, Response.json({}));
    expect(second).toBe(first);
  });
  it.each([
    ['it was done', Response.json({})],
    ['it was refused', problem(409, 'already-running')],
  ])('is another after %s', async (_, settled) => {
    const [first, second] = await keysOf(settled, Response.json({}));
    expect(second).not.toBe(first);
  });
  it('is another when a field was changed', async () => {
    await runNow('a');
    await runNow('b');
    expect(server.keys[1]).not.toBe(server.keys[0]);
  });
  it('is another in another dialog', async () => {
    await runNow('a');
    meanAnew();
    await runNow('a');
    expect(server.keys[1]).not.toBe(server.keys[0]);
  });
});

describe('no answer', () => {
  it('says whether something may have been done', async () => {
    server.answers = [];
    const read = await answer(api.GET('/api/v1/session')).catch((error: unknown) => error);
    expect([read, await runNow('a')].map((error) => error instanceof Unreachable && error.mayBeDone)).toEqual([false, true]);
  });
  it('to a preview changes nothing', async () => {
    const shown = await answer(api.POST('/api/v1/resume/preview')).catch((error: unknown) => error);
    expect(shown instanceof Unreachable && shown.mayBeDone).toBe(false);
  });
});
