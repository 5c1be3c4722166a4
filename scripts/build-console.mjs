// Builds the console into console/dist, with a compressed form beside each file, unless what is there is newer than its sources.
// The build of src/Escapement.Console runs it when something changed, and so does the container's.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const script = fileURLToPath(import.meta.url);
const consoleFolder = process.argv[2] ?? join(dirname(dirname(script)), 'console');
const made = join(consoleFolder, 'dist/.made');
const lock = join(consoleFolder, '.building');

await holding(lock, () => {
  if (isUpToDate()) {
    return;
  }

  const installed = join(consoleFolder, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || mtime(join(consoleFolder, 'package-lock.json')) > mtime(installed)) {
    run('ci', '--no-audit', '--no-fund', '--loglevel=error');
  }

  // Before, so that what is edited while it is built is newer than what was built.
  const sources = list();
  const started = new Date();
  run('run', '--silent', 'build');
  for (const file of files(join(consoleFolder, 'dist')).filter((f) => ['.js', '.css', '.svg', '.json', '.txt'].includes(extname(f)))) {
    compress(file);
  }

  writeFileSync(made, sources);
  utimesSync(made, started, started);
});

function isUpToDate() {
  return existsSync(made) && readFileSync(made, 'utf8') === list() && [script, ...sources()].every((file) => mtime(file) <= mtime(made));
}

// Names too: a source that is gone leaves nothing newer behind.
function list() {
  return sources().map((file) => relative(consoleFolder, file).replaceAll(sep, '/') + '\n').join('');
}

// Without schema.d.ts, which each build makes of api/openapi.json.
function sources() {
  return files(consoleFolder, ['node_modules', 'dist', '.building'])
    .filter((file) => !file.endsWith('schema.d.ts'))
    .sort();
}

function files(folder, without = []) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !without.includes(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function mtime(file) {
  return statSync(file).mtimeMs;
}

function run(...args) {
  // What npm says goes where a build's errors are looked for; a build that went well says nothing.
  const ended = spawnSync('npm', args, { cwd: consoleFolder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (ended.error || ended.status !== 0) {
    process.stderr.write(`npm ${args.join(' ')} in ${consoleFolder} failed.\n${ended.error?.message ?? ended.stdout + ended.stderr}\n`);
    rmSync(lock, { force: true });
    process.exit(1);
  }
}

function compress(file) {
  const content = readFileSync(file);
  const forms = {
    br: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    gz: gzipSync(content, { level: 9 }),
  };
  for (const [extension, compressed] of Object.entries(forms)) {
    if (compressed.length < content.length) {
      writeFileSync(`${file}.${extension}`, compressed);
    }
  }
}

/** Builds in several processes wait for each other: the second finds that there is nothing to do. */
async function holding(file, action) {
  while (!take(file)) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }

  try {
    action();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }

    releaseIfLeft(file);
    return false;
  }
}

function releaseIfLeft(file) {
  const holder = held(file);
  try {
    process.kill(Number(holder) || process.pid, 0);
  } catch (error) {
    // Whoever held it was killed. Another that waits may have found so too, and hold it by now.
    if (error.code === 'ESRCH' && held(file) === holder) {
      rmSync(file, { force: true });
    }
  }
}

/** Who holds it, or nothing: it may be gone just now, or not be written yet. */
function held(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return '';
    }

    throw error;
  }
}
