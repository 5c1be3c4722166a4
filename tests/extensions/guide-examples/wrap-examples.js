// Puts each printed example of the guide into a function that can be called, and changes nothing in it. What the guide
// takes for granted (`host`, `input`, a console) comes from around it. Written to src/examples, which is not kept in git.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';

/** @type {Record<string, string>} What follows an example that only declares a function. */
const calls = { 'self-configuration': 'await setupSchedules(host);\n' };

const target = new URL('./src/examples/', import.meta.url);
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });

for (const name of ['listing', 'creating', 'endpoints', 'self-configuration', 'error-handling']) {
  const printed = await readFile(new URL(`./guide/${name}.ts`, import.meta.url), 'utf8');
  await writeFile(
    new URL(`${name}.ts`, target),
    `import { host, type CreateScheduleInput, type HostBindings } from '@escapement/extension-runtime';

export async function run(console: Pick<Console, 'log' | 'error'>, input: CreateScheduleInput): Promise<void> {
${printed}${calls[name] ?? ''}}

export type Unused = HostBindings;
`,
  );
}
