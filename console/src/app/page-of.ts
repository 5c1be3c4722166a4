import { lazyRouteComponent } from '@tanstack/react-router';

/** Code of the console did not come: the host is away, or has another build by now. */
export class NotLoaded extends Error {
  constructor(cause: unknown) {
    super('A part of the console could not be loaded', { cause });
  }
}

/** A page that is loaded when somebody goes there. What does not come says so in its place, and is not taken for a reason to leave the page at once. */
export const pageOf = <T extends Record<string, unknown>, K extends keyof T & string>(load: () => Promise<T>, name: K) =>
  lazyRouteComponent(
    () =>
      load().catch((cause: unknown) => {
        throw new NotLoaded(cause);
      }),
    name,
  );
