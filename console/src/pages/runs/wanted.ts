import type { Run } from '../../api/types';
import type { RunFilters } from './search';

/** Whether an open run is one of those looked for: the list of all tenants' takes no filters. */
export function isWanted(run: Run, { state, reason, trigger, versionId, from, to }: RunFilters): boolean {
  const among = (wanted: string | undefined, word: string | null | undefined) => !wanted || wanted.split(',').includes(word ?? '');
  const due = Date.parse(run.dueAt);
  return (
    among(state, run.state) &&
    among(reason, run.reason) &&
    among(trigger, run.trigger) &&
    among(versionId, run.versionId) &&
    (!from || due >= Date.parse(from)) &&
    (!to || due < Date.parse(to))
  );
}

/** The later of the beginning that is asked for and that of the last so many minutes. */
export function fromOf({ from, within }: RunFilters, at: number): string | undefined {
  const begins = within ? new Date(at - Number(within) * 60_000).toISOString() : undefined;
  return [from, begins].filter((one) => one !== undefined).sort().at(-1);
}

/** What runs, the longest first, and behind it what waits, the longest due first. */
export const longestFirst = (runs: readonly Run[]): Run[] =>
  [...runs].sort(
    (a, b) => Number(b.state === 'running') - Number(a.state === 'running') || Date.parse(beganAt(a)) - Date.parse(beganAt(b)),
  );

const beganAt = (run: Run) => (run.state === 'running' ? (run.startedAt ?? run.dueAt) : run.dueAt);
