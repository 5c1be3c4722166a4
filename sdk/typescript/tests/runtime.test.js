import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bindHost } from '../dist/component/bind-host.js';
import { routeConsole } from '../dist/component/route-console.js';
import { host, HostError, jsonResponse, readHeader, readJson, readText } from '../dist/index.js';

/** What componentize-js throws for the error of a result<>. */
const failing = (/** @type {string} */ code) => () => {
  throw Object.assign(new Error(code), { payload: code });
};

const imports = /** @type {any} */ ({ context: {}, logging: {}, scheduler: {}, storage: {}, http: {}, secrets: {} });

test('jsonResponse encodes the data and says that it is JSON', () => {
  const response = jsonResponse({ name: 'Zürich' }, { status: 201 });
  assert.equal(response.status, 201);
  assert.deepEqual(response.headers, [{ name: 'content-type', value: 'application/json' }]);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(response.body)), { name: 'Zürich' });
});

test('jsonResponse keeps a content type that the caller gives, and has no body for undefined', () => {
  const headers = [{ name: 'Content-Type', value: 'application/problem+json' }];
  assert.deepEqual(jsonResponse({}, { headers }).headers, headers);
  assert.deepEqual(jsonResponse(undefined, { status: 204 }), { status: 204, headers: [] });
});

test('readText, readJson and readHeader take requests and responses, with and without a body', () => {
  const http = { method: 'POST', url: '/', headers: [{ name: 'x-request-id', value: 'r1' }], body: new TextEncoder().encode('{"a":1}') };
  const request = { context: { tenantId: 't', extensionId: 'e' }, http };
  assert.deepEqual(readJson(request), { a: 1 });
  assert.equal(readText(http), '{"a":1}');
  assert.equal(readHeader(request, 'X-Request-Id'), 'r1');
  assert.equal(readJson({ status: 200, headers: [] }), undefined);
  assert.throws(() => readJson({ status: 200, headers: [], body: new TextEncoder().encode('{') }), SyntaxError);
});

test('an error of a result becomes a HostError with its code and a message that helps', async () => {
  const bound = bindHost({ ...imports, scheduler: { listSchedules: failing('denied') }, storage: { get: failing('missing') } });
  await assert.rejects(bound.scheduler.list(), (/** @type {any} */ error) => {
    assert.ok(error instanceof HostError);
    assert.equal(error.code, 'denied');
    assert.equal(error.operation, 'scheduler.list');
    assert.match(error.message, /^host\.scheduler\.list: permission denied \(needs cap:scheduler\.manage/);
    return true;
  });
  await assert.rejects(bound.storage.get('n', 'k'), { code: 'missing', message: 'host.storage.get: there is no such entry' });
});

test('an error that is not one of the host\'s words passes unchanged', async () => {
  const bug = new TypeError('cron is required');
  const bound = bindHost({ ...imports, scheduler: { createSchedule: () => { throw bug; } } });
  await assert.rejects(bound.scheduler.create({ endpoint: 'POST /a', cron: '' }), (error) => error === bug);
});

test('create and update name each field of a wrong type instead of throwing, and do not ask the host', async () => {
  const bound = bindHost({ ...imports, scheduler: { createSchedule: failing('internal'), updateSchedule: failing('internal') } });
  const input = /** @type {any} */ ({ endpoint: 5, cron: '0 9 * * *', enabled: 'yes', payload: { a: 1 } });
  const made = await bound.scheduler.create(input);
  assert.deepEqual([made.success, made.error], [false, 'Invalid fields: endpoint, enabled, payload']);
  assert.deepEqual(JSON.parse(made.fieldErrors ?? ''), {
    endpoint: 'endpoint must be a string (got a number)',
    enabled: 'enabled must be a boolean (got a string)',
    payload: 'Payload must be a JSON object or array, as text: use JSON.stringify (got an object)',
  });
  const changed = await bound.scheduler.update('id', /** @type {any} */ ({ payload: [1] }));
  assert.match(changed.error ?? '', /^Payload must be a JSON object or array/);
});

test('what is missing or null reaches the host as absent, so that its own messages answer', async () => {
  /** @type {unknown[]} */
  const got = [];
  const createSchedule = (/** @type {unknown} */ input) => (got.push(input), { success: false });
  const bound = bindHost({ ...imports, scheduler: { createSchedule } });
  await bound.scheduler.create(/** @type {any} */ (undefined));
  await bound.scheduler.create(/** @type {any} */ ({ endpoint: 'POST /a', cron: null, name: null, enabled: false, other: 1 }));
  const none = { timezone: undefined, name: undefined, payload: undefined };
  assert.deepEqual(got, [
    { ...none, endpoint: '', cron: '', enabled: undefined },
    { ...none, endpoint: 'POST /a', cron: '', enabled: false },
  ]);
});

test('get answers null for a schedule that is not there', async () => {
  assert.equal(await bindHost({ ...imports, scheduler: { getSchedule: () => undefined } }).scheduler.get('x'), null);
});

test('outside a component a call says that there is no host', async () => {
  await assert.rejects(host.scheduler.list(), /There is no host here/);
});

test('console writes to the log with its level, objects as JSON', () => {
  /** @type {string[]} */ const lines = [];
  const target = /** @type {any} */ ({});
  routeConsole(target, { info: (m) => lines.push(`i ${m}`), warn: (m) => lines.push(`w ${m}`), error: (m) => lines.push(`e ${m}`) });
  const circular = /** @type {any} */ ({});
  circular.self = circular;
  target.log('a', 1, { b: 2n });
  target.warn(undefined, null);
  target.error(circular);
  assert.deepEqual(lines, ['i a 1 {"b":"2"}', 'w undefined null', 'e [object Object]']);
});
