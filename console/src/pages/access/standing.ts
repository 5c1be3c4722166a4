import type { Token } from '../../api/tokens';
import { isAll } from '../../app/scope-name';

const day = 86_400_000;

/** What is to be said of a token: that it lets nobody in any more, that it soon does not, that two secrets let in, or that nobody uses it. */
export type Standing = 'expired' | 'soon' | 'grace' | 'unused' | 'well';

export function standingOf(token: Token, now: number): Standing {
  const expires = token.expiresAt ? Date.parse(token.expiresAt) : Number.POSITIVE_INFINITY;
  if (expires <= now) {
    return 'expired';
  }
  if (token.oldSecretUntil && Date.parse(token.oldSecretUntil) > now) {
    return 'grace';
  }
  if (expires - now < 7 * day) {
    return 'soon';
  }
  return now - Date.parse(token.lastUsedAt ?? token.createdAt) > 30 * day ? 'unused' : 'well';
}

/** Whether a token reaches what is looked at: a tenant, or anything. */
export const reaches = (token: Token, scope: string) => isAll(scope) || (token.tenants ?? []).some((tenant) => tenant === '*' || tenant === scope);

/** Names as people type them into one field: with commas, spaces or lines between. */
export const readNames = (text: string) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** Names that no tenant has, of those that are listed by name up to the last; what would stand behind it may be there. */
export function notAmong(names: readonly string[], { items, nextCursor }: { items: ReadonlyArray<{ tenant: string }>; nextCursor?: string | null }): string[] {
  const last = items.at(-1)?.tenant ?? '';
  return names.filter((name) => !items.some(({ tenant }) => tenant === name) && (!nextCursor || name < last));
}
