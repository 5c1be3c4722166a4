import type { Run } from './types';

/**
 * How long an attempt took, in milliseconds; undefined while it has not ended, or never started, and of one that was lost: that it was is found later
 * than it ended.
 */
export function lasted(attempt: { startedAt?: string | null; endedAt?: string | null; reason?: string | null }): number | undefined {
  const isLost = attempt.reason === 'node-lost' || attempt.reason === 'store-lost';
  return attempt.startedAt && attempt.endedAt && !isLost ? Date.parse(attempt.endedAt) - Date.parse(attempt.startedAt) : undefined;
}

/** How long a run's last attempt took, as `lasted` says it. */
export function tookOf(run: Run): number | undefined {
  return lasted({ startedAt: run.startedAt, endedAt: run.finishedAt, reason: run.reason });
}
