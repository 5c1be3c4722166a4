import { tookOf } from '../../api/took';
import type { Run } from '../../api/types';
import { texts } from '../../texts';
import { formatReal } from '../time/real';

// How the host begins what an answer with an error says.
const answered = /^The endpoint answered with status (\d+)(?:: ?)?/;

/**
 * The first line of what the extension said, or the host of it, of the attempt that failed last; empty where nothing was said. Of an answer that says
 * something that alone, without its status; else its status.
 */
export function errorLine(run: Pick<Run, 'error' | 'earlierAttempts'>): string {
  const line = (run.error ?? run.earlierAttempts.at(-1)?.error ?? '').trim();
  const status = answered.exec(line);
  const said = status ? worded(line.slice(status[0].length).trim()) || texts.schedule.runs.status(status[1] ?? '') : line;
  return said.split('\n')[0] ?? '';
}

/** An answer in words: of JSON that has nothing but an error as a text that text. */
function worded(answer: string): string {
  try {
    const { error, ...rest } = JSON.parse(answer) as Record<string, unknown>;
    return typeof error === 'string' && Object.keys(rest).length === 0 ? error : answer;
  } catch {
    return answer;
  }
}

/** How late it began; empty for what somebody asked for, and once it was tried again. */
export const lateOf = (run: Run): string =>
  run.startedAt && run.attempt <= 1 && run.trigger === 'schedule' ? formatReal(Date.parse(run.startedAt) - Date.parse(run.dueAt)) : '';

/** How long it took; empty while that is not known. */
export function tookWords(run: Run): string {
  const milliseconds = tookOf(run);
  return milliseconds === undefined ? '' : formatReal(milliseconds);
}
