import { fileURLToPath } from 'node:url';

const wit = fileURLToPath(new URL('../../dist/extension.wit', import.meta.url));

/**
 * StarlingMonkey, the JavaScript engine of Firefox.
 *
 * @type {import('./engine.js').Engine}
 */
export const starlingMonkey = {
  name: 'starlingmonkey',
  duration: '10 to 20 s',
  wrapper: (serve, own) => [`import { serve } from ${serve};`, `import { handler as own } from ${own};`, 'export const handler = serve(own);'],
  parts: [],
  bundling: { conditions: ['escapement-component', 'import'], external: ['alga:extension/*'] },
  async componentize(sourcePath) {
    const { componentize } = await import('@bytecodealliance/componentize-js');
    const { component } = await componentize({
      sourcePath,
      witPath: wit,
      worldName: 'runner',
      // The clock, random numbers and output stay on; the network is the host's.
      disableFeatures: ['http', 'fetch-event'],
    });
    return component;
  },
};
