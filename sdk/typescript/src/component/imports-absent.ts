import type { HostImports } from './bind-host.js';

// Importing the package must work in Node, so that handlers can be unit-tested; calling the host there cannot.
const absent = new Proxy({}, {
  get: (_, name) => () => {
    throw new Error(`There is no host here to answer ${String(name)}: it exists only in a component that a host runs. In a test, pass your own HostBindings.`);
  },
}) as unknown;

export const context = absent as HostImports['context'];
export const logging = absent as HostImports['logging'];
export const scheduler = absent as HostImports['scheduler'];
export const storage = absent as HostImports['storage'];
export const http = absent as HostImports['http'];
export const secrets = absent as HostImports['secrets'];
