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
    assert.match(error.message, /^host\.scheduler\.list: permission denied \(the run's log says why: cap:scheduler\.manage is not declared/);
    return true;
  });
  await assert.rejects(bound.storage.get('n', 'k'), { code: 'missing', message: 'host.storage.get: there is no such entry' });
});

test('an error that is not one of the host\'s words passes unchanged', async () => {
  const bug = new TypeError('cron is required');
  const bound = bindHost({ ...imports, scheduler: { createSchedule: () => { throw bug; } } });
  await assert.rejects(bound.scheduler.create({ endpoint: 'POST /a', cron: '' }), (error) => error === bug);
});

/** Refuses as the host does: what is wrong with each field that is a text it does not like. */
const refusing = (/** @type {Record<string, string>} */ messages, /** @type {any[]} */ asked = []) => (/** @type {any[]} */ ...given) => {
  const input = given.at(-1);
  asked.push(input);
  const errors = Object.entries(messages).filter(([field]) => field === 'name' ? input.name?.length > 128 : true);
  return errors.length === 0 ? { success: true } : { success: false, error: 'x', fieldErrors: JSON.stringify(Object.fromEntries(errors)) };
};

test('a field of a wrong type does not hide what is wrong with the others', async () => {
  const createSchedule = refusing({ endpoint: 'Endpoint not found or not schedulable', cron: 'Invalid cron expression', name: 'Name too long' });
  const bound = bindHost({ ...imports, scheduler: { createSchedule } });
  const made = await bound.scheduler.create(/** @type {any} */ ({ endpoint: 5, cron: 'x', enabled: 'yes', name: 'n', payload: { a: 1 } }));
  assert.deepEqual([made.success, made.error], [false, 'Invalid fields: endpoint, cron, enabled, payload']);
  assert.deepEqual(JSON.parse(made.fieldErrors ?? ''), {
    endpoint: 'endpoint must be a string (got a number)',
    cron: 'Invalid cron expression',
    enabled: 'enabled must be a boolean (got a string)',
    payload: 'Payload must be a JSON object or array, as text: use JSON.stringify (got an object)',
  });
});

test('with a field of a wrong type the host cannot say yes to the others', async () => {
  /** @type {any[]} */
  const asked = [];
  const bound = bindHost({ ...imports, scheduler: { updateSchedule: refusing({ name: 'Name too long' }, asked) } });
  const changed = await bound.scheduler.update('id', /** @type {any} */ ({ payload: [1], name: 'good' }));
  assert.match(changed.error ?? '', /^Payload must be a JSON object or array/);
  assert.deepEqual(Object.keys(JSON.parse(changed.fieldErrors ?? '')), ['payload']);
  assert.equal(asked[0].name.length, 129);
});

test('a name that is too long is told beside a field of a wrong type', async () => {
  const bound = bindHost({ ...imports, scheduler: { createSchedule: refusing({ name: 'Name too long' }) } });
  const made = await bound.scheduler.create(/** @type {any} */ ({ enabled: 1, name: 'é'.repeat(129) }));
  assert.equal(JSON.parse(made.fieldErrors ?? '').name, 'Name too long: 129 characters, at most 128 are allowed');
});

test('a refusal that is not about fields is told before what is wrong with them', async () => {
  const denied = { success: false, error: 'Permission denied: cap:scheduler.manage not granted' };
  const bound = bindHost({ ...imports, scheduler: { createSchedule: () => denied } });
  assert.deepEqual(await bound.scheduler.create(/** @type {any} */ ({ endpoint: 5, cron: '' })), denied);
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
