import type { ExecuteRequest, HostBindings } from '@escapement/extension-runtime';
import { fail, failLater } from './deep/fail';

// How a run ends that goes wrong.

export function throws(): never {
  return fail('at once');
}

export async function rejects(): Promise<never> {
  await null;
  return failLater('later');
}

export async function denied(_: ExecuteRequest, host: HostBindings): Promise<unknown> {
  return host.scheduler.list();
}

export function throwsText(): never {
  throw 'only text';
}

/** StarlingMonkey gives up without a word to the author. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

/** Of code that the build does not see QuickJS makes promises of its own, which nothing settles in a call. */
export async function unseen(): Promise<unknown> {
  return new Function('return (async () => 1)()')();
}

export async function sets(): Promise<string> {
  setTimeout(() => console.log('too late'), 60_000);
  return 'answered';
}

export async function sleeps(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50));
}

export async function wrongStatus(): Promise<unknown> {
  return { status: 99, headers: [] };
}

export async function wrongHeaders(): Promise<unknown> {
  return { status: 200, headers: [{ name: 'x-number', value: 5 }] };
}

export function halfText(): unknown {
  return { status: 200, headers: [{ name: 'x-half', value: 'a\ud800b' }] };
}

export async function spins(): Promise<void> {
  for (;;) {
    await null;
  }
}

export function fills(): unknown {
  const kept: string[] = [];
  for (let number = 0; ; number++) {
    kept.push(String(number).repeat(1_000));
  }
}
