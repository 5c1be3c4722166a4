import type { BuildOptions } from 'esbuild';

/** A JavaScript engine that an extension can be built with. */
export interface Engine {
  /** As `--engine` takes it. */
  name: string;
  /** How long it takes to make a component, for the report. */
  duration: string;
  /** The lines of the module that is bundled, given the quoted paths of `serve` and of the extension's own module. */
  wrapper(serve: string, own: string): string[];
  /** What the engine lacks: lines that come before those where the extension's own script has the name anywhere. */
  parts: { name: RegExp; line: string }[];
  /** What the bundler does for it beside the usual. */
  bundling: Pick<BuildOptions, 'conditions' | 'external' | 'supported'>;
  /** Makes a component of world `runner` of the script in a directory of its own. */
  componentize(sourcePath: string): Promise<Uint8Array>;
}
