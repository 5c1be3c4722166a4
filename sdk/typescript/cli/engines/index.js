import { quickJs } from './quickjs.js';
import { starlingMonkey } from './starlingmonkey.js';

/** The first is the default. */
export const engines = [starlingMonkey, quickJs];
