import type { Audit } from '../../api/types';
import { now } from '../../app/clock';
import { withTimes } from '../../parts/time/format';
import { texts } from '../../texts';
import { partOf } from './together';

const words = texts.audit;

export const didOf = (entry: Pick<Audit, 'action'>) => words.actions[entry.action] ?? entry.action;

export const whoOf = ({ actor }: Pick<Audit, 'actor'>) => (actor.kind === 'host' ? (words.kinds.host ?? actor.id) : actor.id);

/**
 * What an entry says of itself, with its times in a zone, or in UTC as the list has them; of a part of a change of many that it is one, in place of the
 * other's id, of the end of a pause what becomes of what came due meanwhile, and of an undo what it took back in words.
 */
export function detailOf({ action, detail }: Pick<Audit, 'action' | 'detail'>, zone?: string): string {
  const part = partOf({ detail });
  const end = action.endsWith('.resume') && detail ? words.ends[detail] : undefined;
  return part ? words.inMany(part.note) : (end ?? (detail ? withTimes(undoneIn(action, detail), now(), zone) : ''));
}

function undoneIn(action: string, detail: string): string {
  const [, undone = '', rest = ''] = (action.endsWith('.undo') && /^([a-z]+\.[a-z-]+) by (.*)$/s.exec(detail)) || [];
  const did = words.actions[undone];
  return did ? words.undid(did, rest) : detail;
}

type PauseField = { note: string; by: string; onEnd: string; cause: string; until?: string | null; byOperator?: boolean };

/** A pause as a field has it, in words; nothing for any other value. */
export function pauseSaid(field: string, value: unknown): string[] | undefined {
  if (field !== 'pause' || typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { note, by, onEnd, cause, until, byOperator } = value as PauseField;
  const ends = until ? withTimes(words.pause.until(until), now()) : cause === 'endpoint-gone' ? words.pause.endpoint : words.pause.open;
  return [
    cause === 'asked' ? texts.parts.pause.quote(note, by) : note,
    ends,
    texts.parts.pause.onEnd[onEnd] ?? onEnd,
    ...(byOperator ? [texts.parts.pause.operators] : []),
  ];
}
