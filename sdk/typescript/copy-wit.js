// Puts the interface definitions beside the compiled package: the engines' build steps read them there.
import { cpSync } from 'node:fs';

cpSync('../../wit/extension.wit', 'dist/extension.wit');
cpSync('wit/quickjs', 'dist/quickjs-wit', { recursive: true });
cpSync('../../wit/extension.wit', 'dist/quickjs-wit/deps/alga-extension.wit');
