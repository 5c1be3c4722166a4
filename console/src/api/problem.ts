import type { components } from './schema';

type Body = components['schemas']['ProblemBody'];

/** What the server refused, with its problem details. */
export class Refused extends Error {
  readonly status: number;
  /** The word behind `urn:escapement:problem:`, or `unknown` where something between here and the server answered. */
  readonly word: string;
  readonly errors: Readonly<Record<string, string>>;
  readonly body: Partial<Body>;
  readonly retryAfter: number | undefined;

  constructor(status: number, body: unknown, retryAfter: string | null = null) {
    const problem = (body && typeof body === 'object' ? body : {}) as Partial<Body>;
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.name = 'Refused';
    this.status = status;
    this.body = problem;
    this.word = problem.type?.replace('urn:escapement:problem:', '') ?? 'unknown';
    this.errors = (problem.errors ?? {}) as Record<string, string>;
    this.retryAfter = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  }
}

/** No answer came: the network, or the server, is away. */
export class Unreachable extends Error {
  /** Whether a change was asked for: it may have been carried out all the same. */
  readonly mayBeDone: boolean;

  constructor(cause: unknown, mayBeDone = false) {
    super('unreachable', { cause });
    this.name = 'Unreachable';
    this.mayBeDone = mayBeDone;
  }
}

export const isSignedOut = (error: unknown) => error instanceof Refused && error.status === 401;
export const isRefused = (error: unknown, word: string): error is Refused => error instanceof Refused && error.word === word;

/** Whether a change may have been carried out though nobody said so: no answer came, a proxy gave up on the server, or the first one sent is under way yet. */
export const leavesOpen = (error: unknown) =>
  error instanceof Unreachable || (error instanceof Refused && ((error.status >= 502 && error.status <= 504) || error.word === 'request-under-way'));

/** Whether asking again may help without anybody doing anything. */
export function mendsItself(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Refused && (error.status >= 502 || error.word === 'store-unavailable'));
}

/** Whether what was asked for is not there, or not any more. */
export const isNotThere = (error: unknown) => error instanceof Refused && error.status === 404;
