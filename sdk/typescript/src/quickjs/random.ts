import { getRandomBytes } from 'wasi:random/random';

const numbersAtOnce = 64;
const bytesOfANumber = 8;

let drawn = new DataView(new ArrayBuffer(0));
let at = 0;

/** A number from 0 to below 1. The engine's own generator is seeded in the build, so that every run would draw the same numbers. */
export function random(): number {
  if (at >= drawn.byteLength) {
    const bytes = getRandomBytes(numbersAtOnce * bytesOfANumber);
    drawn = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    at = 0;
  }

  // As many bits as a number holds.
  const value = (drawn.getUint32(at) * 2 ** 21 + (drawn.getUint32(at + 4) >>> 11)) / 2 ** 53;
  at += bytesOfANumber;
  return value;
}

export function getRandomValues<T extends ArrayBufferView>(view: T): T {
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(getRandomBytes(view.byteLength));
  return view;
}

/** A UUID of version 4. */
export function randomUUID(): string {
  const bytes = getRandomBytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
