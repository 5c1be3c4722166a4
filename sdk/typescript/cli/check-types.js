import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { BuildProblem } from './build-problem.js';

/**
 * Runs the project's own TypeScript over it: esbuild only strips types.
 *
 * @param {string} root @returns {Promise<string>} What was done, for the report.
 */
export async function checkTypes(root) {
  if (!(await stat(join(root, 'tsconfig.json')).catch(() => undefined))?.isFile()) {
    return 'skipped: there is no tsconfig.json';
  }

  let typescript;
  try {
    typescript = dirname(createRequire(join(root, 'package.json')).resolve('typescript/package.json'));
  } catch {
    return 'skipped: typescript is not installed in this project (npm install --save-dev typescript)';
  }

  try {
    await promisify(execFile)(process.execPath, [join(typescript, 'bin', 'tsc'), '--noEmit', '--pretty', 'false', '-p', root], { cwd: root });
    return 'no errors';
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    throw new BuildProblem(`TypeScript found errors:\n${`${stdout ?? ''}${stderr ?? ''}`.trim() || error}`);
  }
}
