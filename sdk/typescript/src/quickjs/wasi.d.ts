// What world `runner-quickjs` imports beside what every extension does. The engine gives numbers for 64 bits.

declare module 'wasi:clocks/monotonic-clock' {
  export function now(): number;
  export function subscribeDuration(nanoseconds: number): { block(): void };
}

declare module 'wasi:random/random' {
  export function getRandomBytes(count: number): Uint8Array<ArrayBuffer>;
}
