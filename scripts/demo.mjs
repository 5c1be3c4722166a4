// Drives a server over its public HTTP API, as any script could: publishes the sample extension, lets it set itself up, and shows what happens.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const once = process.argv.includes('--once');
const world = process.argv.includes('--world');
const speed = 60;
const tenant = 'acme';
const colour = process.stdout.isTTY ? (code, text) => `\x1b[${code}m${text}\x1b[0m` : (_, text) => text;
const bold = (text) => colour(1, text);
const dim = (text) => colour(2, text);

const folder = world ? join(root, '.demo/world') : mkdtempSync(join(tmpdir(), 'escapement-demo-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const tokenFile = join(folder, 'token');
let stopping = false;
let token = '';

let server;
let log = '';

process.on('SIGINT', () => finish(0));
process.on('SIGTERM', () => finish(0));
process.on('SIGHUP', () => finish(0));
// Nobody reads it any more, as behind `./demo | head`: the server must not be left behind.
process.stdout.on('error', () => finish(0));
process.stderr.on('error', () => finish(0));

try {
  await (world ? showWorld() : show());
} catch (error) {
  if (!stopping) {
    console.error(`\nThe demo failed: ${error.message}\nWhat the server said:\n${log}`);
    await finish(1);
  }
}

async function show() {
  console.log(`\nStarting a server on ${url}, with an empty data folder.`);
  await start();
  token = readFileSync(tokenFile, 'utf8').trim();
  await showConsole('The console shows all of this live: publishing, compiling, installing, every run.');

  const dist = join(root, 'samples/scheduler-demo/dist');
  const bundle = readFileSync(join(dist, readdirSync(dist).find((name) => name.endsWith('.tar.zst'))));
  const version = await call('POST', '/api/v1/extensions', bundle, { 'content-type': 'application/zstd' });
  heading(`Published ${version.extensionId} ${version.version}`);
  console.log(dim(`  ${(bundle.length / 1e6).toFixed(1)} MB, sha256 ${version.sha256.slice(0, 16)}...`));

  const compiled = progress('Waiting for it to be compiled to native code, once, in the background: some ten seconds, up to a minute on a busy machine');
  await compiledVersion(version);
  compiled();

  const install = await call('POST', `/api/v1/tenants/${tenant}/installs`, {
    extensionId: version.extensionId,
    capabilities: ['cap:scheduler.manage', 'cap:log.emit', 'cap:context.read'],
  });
  heading(`Installed it for tenant "${tenant}", which granted ${install.capabilities.join(', ')}`);

  const answered = progress('Calling its GET /api/status');
  await call('GET', `/api/ext/${version.extensionId}/api/status`, undefined, { 'x-alga-tenant': tenant });
  answered();

  // Ten to nine in New York, so that the daily check is not long in coming.
  const startAt = nextTenToNineInNewYork(new Date());
  heading(`Starting the server again on the same data, with a clock that runs ${speed} times as fast: an hour in a minute`);
  await stop();
  await start('--time-lapse', String(speed), '--start-at', startAt.toISOString());
  await showConsole('The console goes on by itself. Sessions end by the host\'s clock, which is ahead now: should it ask, there is another link.');

  const called = progress('Calling its POST /api/setup');
  const report = await call('POST', `/api/ext/${version.extensionId}/api/setup`, {}, { 'x-alga-tenant': tenant });
  called();
  heading('The extension set itself up through host.scheduler:');
  for (const { name, outcome } of report.schedules) {
    console.log(`  ${outcome}: ${name}`);
  }

  const schedules = (await call('GET', `/api/v1/tenants/${tenant}/installs/${install.id}/schedules`)).items;
  heading('Its schedules now:');
  for (const s of schedules) {
    console.log(`  ${s.name.padEnd(20)} ${s.endpoint.padEnd(20)} ${s.cron.padEnd(14)} ${s.timezone.padEnd(18)} next ${when(s.nextDueAt, s.timezone)}`);
  }

  heading('Runs, as they are recorded:');
  const names = new Map(schedules.map((s) => [s.id, s]));
  const shown = new Set();
  const seen = { Heartbeat: 0, 'Daily status check': 0, 'run-now': 0 };
  let asked = false;
  let told = false;
  while (!stopping) {
    const runs = (await call('GET', `/api/v1/tenants/${tenant}/runs?limit=50`)).items;
    for (const run of runs.reverse()) {
      if (shown.has(run.id) || run.state === 'queued' || run.state === 'running') {
        continue;
      }
      shown.add(run.id);
      const schedule = names.get(run.scheduleId);
      seen[run.trigger === 'run-now' ? 'run-now' : schedule.name]++;
      const late = run.startedAt ? `started ${((Date.parse(run.startedAt) - Date.parse(run.dueAt)) / speed).toFixed(0)} ms after it was due` : '';
      const trigger = run.trigger === 'run-now' ? bold(' (run now)') : '';
      console.log(`  ${schedule.name.padEnd(20)} due ${when(run.dueAt, schedule.timezone)}  ${run.state} ${run.statusCode ?? ''}  ${dim(late)}${trigger}`);
      if (seen['Daily status check'] === 1 && schedule.name === 'Daily status check') {
        const { evidence } = await call('GET', `/api/v1/tenants/${tenant}/runs/${run.id}`);
        for (const line of evidence.log) {
          console.log(dim(`    guest log: ${line.level}: ${line.message}`));
        }
      }
    }

    if (!asked && seen.Heartbeat >= 2) {
      asked = true;
      const heartbeat = schedules.find((s) => s.name === 'Heartbeat');
      await call('POST', `/api/v1/tenants/${tenant}/installs/${install.id}/schedules/${heartbeat.id}/run-now`);
      console.log(`  ${dim('An admin asks for a run now: POST .../schedules/{id}/run-now')}`);
    }

    if (!told && seen.Heartbeat >= 2 && seen['Daily status check'] >= 1 && seen['run-now'] >= 1) {
      told = true;
      for (const step of [showPause, showWhy, showUndo, showUpgrade]) {
        await step(install, schedules);
      }
      await whatNext(install);
      if (once) {
        return finish(0);
      }
      console.log(dim('\nGoing on until Ctrl-C.\n'));
    }
    await pause(300);
  }
}

// A year of 40 tenants, made once, which goes on at the pace of real time.
async function showWorld() {
  const of = join(folder, 'schema');
  if (existsSync(folder) && (!existsSync(of) || readFileSync(of, 'utf8') !== schema())) {
    console.log(`\nThe world in ${folder} is of another version's tables.`);
    rmSync(folder, { recursive: true });
  }
  if (!existsSync(folder)) {
    await makeWorld();
  }

  console.log(`\nStarting a server on ${url}, with the world in ${folder}. Remove that folder for another, which ends when it is made.`);
  await start();
  token = readFileSync(tokenFile, 'utf8').trim();
  const compiled = progress('Waiting for its extensions to be compiled');
  for (const { versions } of (await call('GET', '/api/v1/extensions')).items) {
    for (const version of versions) {
      await compiledVersion(version);
    }
  }

  compiled();
  await showConsole('The console shows all of this live.');
  console.log(dim(`Once it is used up or late, the page takes the operator's token in ${tokenFile}`));
  const made = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(statSync(tokenFile).mtime);
  heading(`What was in it when it was made, on ${made} UTC:`);
  console.log(`  an outage in the last night         Nodes; Why of any schedule of acme that was due then
  a bad upgrade, taken back           Ticket sync of acme, the last days on its picture
  a schedule that paused itself       Now; Price feed of alpenrose
  a schedule that fails               Now; Hours against contracts of acme
  pauses in force, with notes         Now, on the right
  changes and their undoing           Audit of acme`);
  if (once) {
    return finish(0);
  }

  console.log(dim('\nGoing on until Ctrl-C.'));
}

// What the tables of the embedded store are made by.
function schema() {
  const migrations = join(root, 'src/Escapement.Sqlite/Migrations');
  const hash = createHash('sha256');
  readdirSync(migrations).filter((name) => name.endsWith('.sql')).sort().forEach((name) => hash.update(readFileSync(join(migrations, name))));
  return hash.digest('hex');
}

// Under another name until it is whole: what is interrupted leaves nothing that could be taken for a world.
async function makeWorld() {
  console.log('\nMaking a year of 40 tenants with 12 extensions, once: some three minutes.');
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const dll = join(root, 'scripts/sample-world/bin/Release/net10.0/escapement-sample-world.dll');
  const maker = spawn('dotnet', [dll, '--data', join(making, 'data'), '--token-file', join(making, 'token')], { stdio: ['ignore', 'inherit', 'inherit'] });
  server = maker;
  maker.ended = new Promise((resolve) => maker.on('exit', resolve));
  const code = await maker.ended;
  if (code !== 0) {
    throw new Error(stopping ? 'stopped' : `the world was not made (exit code ${code})`);
  }

  writeFileSync(join(making, 'schema'), schema());
  renameSync(making, folder);
}

// The code stands behind the #, which browsers send to nobody, and nowhere but here: the server keeps its hash.
async function showConsole(what) {
  heading(`${what} This link signs you in, once, within five minutes:`);
  console.log(`  ${await signInLink()}`);
}

async function signInLink() {
  const { code } = await call('POST', '/api/v1/session/code');
  return `${url}/#sign-in=${code}`;
}

// What came due under a pause, what its end would do, and that it does exactly that.
async function showPause(install, schedules) {
  const heartbeat = pathOf(install, schedules, 'Heartbeat');
  const paused = await call('POST', `${heartbeat}/pause`, { note: 'database move', onEnd: 'latest' });
  heading('An admin pauses the heartbeat, with a note: POST .../schedules/{id}/pause');
  console.log(`  "${paused.pause.note}", by ${paused.pause.by}; its end runs the ${paused.pause.onEnd} of what came due meanwhile`);
  const waiting = progress('Until it has come due twice');
  let shown;
  do {
    await pause(500);
    shown = await call('POST', `${heartbeat}/resume/preview`);
  } while (shown.skipped + shown.runs < 2);
  waiting();
  console.log(`  Resuming would skip ${shown.skipped} and run ${shown.runs}: POST .../resume/preview`);
  await call('POST', `${heartbeat}/resume`, { previewToken: shown.token });
  console.log('  Resumed, exactly so: POST .../resume with the token of the preview');
}

// Whoever misses a run asks why.
async function showWhy(install, schedules) {
  const heartbeat = pathOf(install, schedules, 'Heartbeat');
  const waiting = progress('Until what the pause kept back is in the ledger');
  let skipped;
  do {
    await pause(500);
    [skipped] = (await call('GET', `${heartbeat}/runs?state=skipped&limit=1`)).items;
  } while (!skipped);
  waiting();
  const why = await call('GET', `${heartbeat}/why?at=${encodeURIComponent(skipped.dueAt)}`);
  heading('Why did it not run then? GET .../schedules/{id}/why?at=');
  console.log(`  ${why.sentence}`);
  console.log(`  To do: ${why.remedy}`);
}

// The audit holds the fields of each change before and after, so it can be taken back.
async function showUndo(install, schedules) {
  const daily = pathOf(install, schedules, 'Daily status check');
  await call('PATCH', daily, { cron: '0 3 * * *' });
  const id = daily.split('/').at(-1);
  const [entry] = (await call('GET', `/api/v1/tenants/${tenant}/audit?action=schedule.update&target=${id}&limit=1`)).items;
  const change = entry.changes.find((c) => c.field === 'cron');
  heading('Somebody changes the daily check by mistake, and takes it back: POST .../audit/{id}/undo');
  console.log(`  ${entry.action} by ${entry.actor.id}: ${change.field} ${change.before} -> ${change.after}`);
  const undo = `/api/v1/tenants/${tenant}/audit/${entry.id}/undo`;
  const shown = await call('POST', `${undo}/preview`);
  await call('POST', undo, { previewToken: shown.token });
  console.log(`  Now again: ${(await call('GET', daily)).cron}`);
}

// The same component under another version: what an upgrade would do is shown first.
async function showUpgrade(install) {
  const folderOf = join(root, 'samples/scheduler-demo');
  const manifest = JSON.parse(readFileSync(join(folderOf, 'manifest.json'), 'utf8'));
  const component = readFileSync(join(folderOf, 'dist/main.wasm'));
  // Not at the top: with --world no npm packages are there.
  const { packBundle } = await import('../sdk/typescript/cli/bundle.js');
  const bundle = await packBundle([
    { name: 'manifest.json', bytes: Buffer.from(JSON.stringify({ ...manifest, version: '0.2.0' })) },
    { name: 'dist/main.wasm', bytes: component },
  ]);
  const version = await call('POST', '/api/v1/extensions', bundle, { 'content-type': 'application/zstd' });
  await compiledVersion(version);
  const path = `/api/v1/tenants/${tenant}/installs/${install.id}`;
  const shown = await call('POST', `${path}/upgrade/preview`, { version: version.version });
  heading(`An upgrade to ${version.version}, shown first: POST .../upgrade/preview`);
  for (const s of shown.schedules) {
    console.log(`  ${s.name.padEnd(20)} ${s.endpoint.padEnd(20)} ${s.fate}`);
  }
  console.log(`  New capabilities: ${shown.newCapabilities.length === 0 ? 'none' : shown.newCapabilities.map((c) => c.capability).join(', ')}`);
  const upgraded = await call('POST', `${path}/upgrade`, { previewToken: shown.token });
  console.log(`  Upgraded, exactly so: it is of version ${upgraded.version} now, and its runs under way finish on the one before`);
}

function pathOf(install, schedules, name) {
  return `/api/v1/tenants/${tenant}/installs/${install.id}/schedules/${schedules.find((s) => s.name === name).id}`;
}

async function compiledVersion({ extensionId, version }) {
  for (;;) {
    const { compilation } = await call('GET', `/api/v1/extensions/${extensionId}/versions/${version}`);
    if (compilation.state === 'refused') {
      throw new Error(compilation.error);
    }
    if (compilation.state === 'compiled') {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function whatNext(install) {
  heading('That is it. What to look at next:');
  console.log(`  The extension       samples/scheduler-demo/src
  The guide           docs/guides/extension-authors.md
  The admin's side    docs/guides/first-hour.md
  How a run works     docs/path-of-a-run.md`);
  if (!once) {
    // Another link: the first was good once, and only for as long as the tour takes.
    console.log(`  The console         ${await signInLink()}
                      (signs you in once, within five minutes; after that ${url}/ takes the token below)
  This server, while it runs:
    TOKEN=${token}
    curl -s -H "Authorization: Bearer $TOKEN" ${url}/api/v1/tenants/${tenant}/installs/${install.id}/schedules
    curl -s -H "Authorization: Bearer $TOKEN" ${url}/api/v1/tenants/${tenant}/audit
    curl -s -H "Authorization: Bearer $TOKEN" ${url}/openapi/v1.json`);
  }
}

async function call(method, path, body, headers = {}) {
  const binary = body instanceof Uint8Array;
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && !binary ? { 'content-type': 'application/json' } : {}), ...headers },
    body: body === undefined || binary ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  }
  return text ? JSON.parse(text) : undefined;
}

async function start(...flags) {
  const dll = join(root, 'src/Escapement.Server/bin/Release/net10.0/escapement-server.dll');
  // Apart from this process's group, so that Ctrl-C reaches this script alone, which then stops the server in good order.
  const mine = spawn('dotnet', [dll, '--data', join(folder, 'data'), '--urls', url, '--token-file', tokenFile, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    // The world's year is kept, whatever the server's defaults are.
    env: world ? { ...process.env, ESCAPEMENT__Retention__Runs: '400.00:00:00', ESCAPEMENT__Retention__Audit: '400.00:00:00' } : process.env,
  });
  mine.stdout.on('data', (chunk) => (log += chunk));
  mine.stderr.on('data', (chunk) => (log += chunk));
  mine.ended = new Promise((resolve) => mine.on('exit', resolve));
  mine.ended.then((code) => {
    if (!stopping && !mine.stopping) {
      console.error(`\nThe server ended by itself (exit code ${code}). What it said:\n${log}`);
      finish(1);
    }
  });
  server = mine;
  await ready();
}

async function stop() {
  if (!server || server.exitCode !== null) {
    return;
  }
  server.stopping = true;
  const late = setTimeout(() => server.kill('SIGKILL'), 40_000);
  server.kill('SIGTERM');
  await server.ended;
  clearTimeout(late);
}

async function ready() {
  for (let i = 0; i < 300 && !stopping; i++) {
    try {
      if ((await fetch(`${url}/readyz`)).ok) {
        return;
      }
    } catch {
      // It does not listen yet.
    }
    await pause(100);
  }
  throw new Error('the server was not ready within 30 seconds');
}

async function finish(code) {
  if (stopping) {
    return;
  }
  stopping = true;
  process.stdout.write('\nStopping the server ... ');
  await stop();
  console.log('stopped.');
  if (!world) {
    rmSync(folder, { recursive: true, force: true });
  }

  process.exit(code);
}

function progress(text) {
  process.stdout.write(`\n${text} `);
  const timer = setInterval(() => process.stdout.write('.'), 1000);
  const started = Date.now();
  return () => {
    clearInterval(timer);
    process.stdout.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  };
}

function heading(text) {
  console.log(`\n${bold(text)}`);
}

function when(instant, timezone) {
  const form = { timeZone: timezone, weekday: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' };
  return new Intl.DateTimeFormat('en-GB', form).format(new Date(instant));
}

function nextTenToNineInNewYork(now) {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  let minute = Math.ceil(now.getTime() / 60_000);
  while (clock.format(new Date(minute * 60_000)) !== '08:50') {
    minute++;
  }
  return new Date(minute * 60_000);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
