import type { Run } from './types';

/** How long a run's last attempt took, in milliseconds; undefined while it has not ended, or never started. */
export function tookOf(run: Run): number | undefined {
  return run.startedAt && run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : undefined;
}
