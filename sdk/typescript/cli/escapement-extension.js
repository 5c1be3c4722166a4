#!/usr/bin/env node
import { build } from './build.js';
import { BuildProblem } from './build-problem.js';

const usage = `Usage: escapement-extension build [directory]

Builds the extension in the directory (default: the current one):
manifest.json and src/index.ts (or src/handler.ts) become dist/main.wasm
and dist/<name>-<version>.tar.zst.`;

const [command, directory = '.', ...rest] = process.argv.slice(2);

if (command === '--help' || command === '-h' || command === 'help') {
  console.log(usage);
} else if (command !== 'build' || rest.length > 0 || directory.startsWith('-')) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    await build(directory, (line) => console.log(line));
  } catch (error) {
    // A problem of the extension is for its author; anything else is a bug, and its stack helps.
    console.error(error instanceof BuildProblem ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}
