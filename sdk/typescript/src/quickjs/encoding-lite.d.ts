// Stands for the types of `@exodus/bytes/encoding-lite.js`, which bring those of Node along: not what an extension has.

declare const Decoder: typeof TextDecoder;
declare const Encoder: typeof TextEncoder;
export { Decoder as TextDecoder, Encoder as TextEncoder };
