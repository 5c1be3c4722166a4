/** Why a call of the host failed, in the words of the WIT enums. */
export type HostErrorCode =
  | 'not-found'
  | 'validation-failed'
  | 'quota-exceeded'
  | 'denied'
  | 'not-allowed'
  | 'missing'
  | 'expired'
  | 'conflict'
  | 'invalid-url'
  | 'transport'
  | 'internal';

const meanings: Record<HostErrorCode, string> = {
  'not-found': 'not found',
  'validation-failed': 'the input is not valid',
  'quota-exceeded': 'the quota is used up',
  denied: 'permission denied',
  'not-allowed': 'not allowed',
  missing: 'there is no such entry',
  expired: 'it has expired',
  conflict: 'it was changed by somebody else in the meantime',
  'invalid-url': 'the URL is not valid',
  transport: 'the connection failed',
  internal: 'the host failed',
};

const refusals: readonly HostErrorCode[] = ['denied', 'not-allowed'];

/** A call of the host that failed. */
export class HostError extends Error {
  override readonly name = 'HostError';

  /**
   * @param operation Which call, such as `scheduler.list`.
   * @param code Why it failed.
   * @param capability What the install needs for it. The word is the same when it is not declared, not granted, or nothing this host has;
   * the host writes which of them it is into the run's log.
   */
  constructor(
    readonly operation: string,
    readonly code: HostErrorCode,
    capability: string,
  ) {
    const hint = refusals.includes(code) ? ` (the run's log says why: ${capability} is not declared, not granted, or nothing this host has)` : '';
    super(`host.${operation}: ${meanings[code]}${hint}`);
  }
}

/** True for the words that {@link HostError.code} can hold. */
export function isHostErrorCode(value: unknown): value is HostErrorCode {
  return typeof value === 'string' && Object.hasOwn(meanings, value);
}
