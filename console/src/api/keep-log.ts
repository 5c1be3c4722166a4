import type { Run } from './types';

/** A run as it was read, with what was seen of its log before: while it runs only the node that carries it out has that, and another may answer. */
export function keepLog(before: Run | undefined, after: Run): Run {
  const seen = before?.state === 'running' && after.state === 'running' && before.attempt === after.attempt ? before.evidence?.log : undefined;
  return seen && after.evidence && seen.length > after.evidence.log.length ? { ...after, evidence: { ...after.evidence, log: seen } } : after;
}
