import { HostError, readJson, readText, type ExecuteRequest, type ExecuteResponse, type HostBindings } from '@escapement/extension-runtime';

type Anything = any;

async function failure(attempt: () => Promise<unknown>): Promise<unknown> {
  try {
    return await attempt();
  } catch (error) {
    return error instanceof HostError ? [error.name, error.code, error.message] : [(error as Error).name, (error as Error).message];
  }
}

/** Needs that the scheduler is not granted. */
export async function refused(_: ExecuteRequest, host: HostBindings): Promise<unknown> {
  return {
    list: await failure(() => host.scheduler.list()),
    create: await host.scheduler.create({ endpoint: 'POST /a', cron: '0 9 * * *' }),
    get: await failure(() => host.storage.get('n', 'k')),
    put: await failure(() => host.storage.put({ namespace: 'n', key: 'k', value: new Uint8Array(2), revision: 3n })),
    fetch: await failure(() => host.http.fetch({ method: 'GET', url: 'https://example.com', headers: [] })),
    secret: await failure(() => host.secrets.get('k')),
  };
}

/** What no type would let through; plain JavaScript does. */
export async function mistaken(_: ExecuteRequest, host: HostBindings): Promise<unknown> {
  const wrong: Anything = host;
  return {
    log: await failure(() => wrong.logging.info(5)),
    nothing: await failure(() => wrong.logging.info()),
    key: await failure(() => wrong.storage.get('n', {})),
    headers: await failure(() => wrong.http.fetch({ method: 'GET', url: 'https://example.com', headers: [{ name: 'a', value: 1 }] })),
    create: await failure(() => wrong.scheduler.create({ endpoint: 5, cron: null, enabled: 'yes' })),
    get: await failure(() => wrong.scheduler.get(5)),
  };
}

export async function context(request: ExecuteRequest, host: HostBindings): Promise<unknown> {
  const { requestId, installId, versionId, ...named } = await host.context.get();
  return { ...named, ids: [typeof requestId, typeof installId, typeof versionId], same: requestId === request.context.requestId };
}

export async function schedules(_: ExecuteRequest, host: HostBindings): Promise<unknown> {
  const [missing, all] = [await host.scheduler.get('0198f2c4-6f0e-7cc3-98a4-5b8f0f6f2d11'), await host.scheduler.list()];
  return { missing, all, endpoints: await host.scheduler.getEndpoints() };
}

export function log(): string {
  console.log('text', 1, { a: [1n] }, undefined, null, new Error('inside').message);
  console.warn('half \ud83d and whole 😀');
  console.error(new RangeError('logged').message);
  return 'logged';
}

export function echo(request: ExecuteRequest): ExecuteResponse {
  return { status: 201, headers: [{ name: 'content-type', value: 'text/plain' }], body: new TextEncoder().encode(readText(request)) };
}

/** A view of a part, as many libraries give. */
export function part(): ExecuteResponse {
  return { status: 200, headers: [{ name: 'content-type', value: 'application/json' }], body: new TextEncoder().encode('xx"part"xx').subarray(2, 8) };
}

export function empty(): ExecuteResponse {
  return { status: 200, headers: [], body: new Uint8Array(0) };
}

export function absent(request: ExecuteRequest): unknown {
  return { body: request.http.body === undefined, json: readJson(request) ?? 'none', keys: JSON.stringify(request.context).includes('null') };
}
