#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { BuildProblem } from './build-problem.js';
import { engines } from './engines/index.js';

const names = engines.map(({ name }) => name);
const usage = `Usage: escapement-extension build [--engine ${names.join('|')}] [directory]

Builds the extension in the directory (default: the current one):
manifest.json and src/index.ts (or src/handler.ts) become dist/main.wasm
and dist/<name>-<version>.tar.zst. The default engine is ${names[0]}.`;

/** What is asked for; undefined when it is nothing that there is. */
function parse() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { engine: { type: 'string', default: names[0] }, help: { type: 'boolean', short: 'h', default: false } },
    });
    const [command, directory = '.', ...rest] = positionals;
    const engine = engines.find(({ name }) => name === values.engine);
    const help = values.help || command === 'help';
    return help || (command === 'build' && rest.length === 0 && engine) ? { help, directory, engine } : undefined;
  } catch {
    return undefined;
  }
}

const asked = parse();
if (asked?.help) {
  console.log(usage);
} else if (asked?.engine === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    await build(asked.directory, asked.engine, (line) => console.log(line));
  } catch (error) {
    // A problem of the extension is for its author; anything else is a bug, and its stack helps.
    console.error(error instanceof BuildProblem ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}
