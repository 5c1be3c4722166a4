import type { Run } from '../../api/types';

/** How many of the open runs are under way, and how many wait: for a slot, or for another attempt. */
export function openOf(runs: ReadonlyArray<Pick<Run, 'state'>>): { running: number; waiting: number } {
  const running = runs.filter(({ state }) => state === 'running').length;
  return { running, waiting: runs.length - running };
}
