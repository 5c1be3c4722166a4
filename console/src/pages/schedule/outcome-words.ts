import type { Run } from '../../api/types';
import { errorLine } from '../../parts/outcome/run-words';
import { texts } from '../../texts';

const words = texts.schedule.runs;

/** What a run came to, and why, in a few words beside its shape. */
export function outcomeWords(run: Pick<Run, 'state' | 'reason' | 'statusCode' | 'missed'>): string {
  const word = texts.parts.outcomes[run.state] ?? run.state;
  const reason = run.reason ? (texts.parts.reasons[run.reason] ?? run.reason) : run.statusCode ? words.status(String(run.statusCode)) : '';
  const what = reason ? words.because(word, reason) : word;
  return run.missed && run.missed.count > 1 ? words.ofSeveral(what, run.missed.count) : what;
}

// What an extension says of these is all there is to know of them.
const plain = ['error-status', 'trap'];

/** What a run came to; what was said of it stands first where that tells more than the reason, else behind it. */
export function cameTo(run: Run): { what: string; behind: string } {
  const said = errorLine(run);
  const alone = said !== '' && plain.includes(run.reason ?? '');
  return alone ? { what: words.because(texts.parts.outcomes[run.state] ?? run.state, said), behind: '' } : { what: outcomeWords(run), behind: said };
}

/** The occurrence that a run makes up for, which tells it from the others that were opened with it; none where it is that of its own time. */
export const madeUp = ({ occurrence, dueAt }: Pick<Run, 'occurrence' | 'dueAt'>) => (occurrence && occurrence !== dueAt ? occurrence : undefined);
