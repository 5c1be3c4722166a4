import type { Audit } from './types';

/** The occurrence whose skip a field of an entry is; undefined for any other field. */
export const skippedBy = (field: string): string | undefined => (field.startsWith('skips.') ? field.slice('skips.'.length) : undefined);

/** Whether a change skipped, or took back, nothing but an occurrence whose time is over: that is as it is for good. */
export function isOver({ changes }: Pick<Audit, 'changes'>, now: number): boolean {
  const at = changes?.length === 1 ? skippedBy(changes[0]?.field ?? '') : undefined;
  return at !== undefined && Date.parse(at) <= now;
}
