import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildProblem } from './build-problem.js';

/**
 * Turns the bundled script into a component. Its top level runs now and is kept as a snapshot, so that an instance starts with
 * everything parsed and set up.
 *
 * @param {string} script @param {import('./engines/engine.js').Engine} engine @returns {Promise<Uint8Array>}
 */
export async function componentizeScript(script, engine) {
  // A directory of its own: componentize-js splits its arguments at spaces, which a project's path may contain.
  const directory = await mkdtemp(join(tmpdir(), 'escapement-'));
  try {
    const sourcePath = join(directory, 'main.js');
    await writeFile(sourcePath, script);
    return await engine.componentize(sourcePath);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new BuildProblem(`the component cannot be made; the script's top level runs during the build and may have failed there:\n${message}`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
