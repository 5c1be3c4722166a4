// What an extension finds beside the language, where the engine itself lacks it. First of all imports: the others may use it at their top level.
import './own-jobs.js';
import { TextDecoder, TextEncoder } from '@exodus/bytes/encoding-lite.js';
import { getRandomValues, random, randomUUID } from './random.js';
import { elapsed } from './timers.js';

Object.assign(globalThis, { TextDecoder, TextEncoder, crypto: { getRandomValues, randomUUID }, performance: { now: elapsed } });
Math.random = random;

// Ten by default, of which our own jobs would take most.
(Error as { stackTraceLimit?: number }).stackTraceLimit = 50;
