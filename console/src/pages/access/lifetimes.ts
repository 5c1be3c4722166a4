import type { Token } from '../../api/tokens';

const day = 86_400_000;
const days: Record<string, number> = { '1': 1, '7': 7, '30': 30, '90': 90, '365': 365 };

/** As long as the token that its maker uses. */
export const mine = 'mine';
/** As a token has it that is given another secret. */
export const keep = 'keep';

const end = (expiresAt: string | null | undefined) => (expiresAt ? Date.parse(expiresAt) : Number.POSITIVE_INFINITY);

/** What a token’s life can be chosen among by somebody whose own token ends so: nobody’s may be longer by their doing. */
export const lifetimesWithin = (own: string | null | undefined, now: number): string[] =>
  own ? [...Object.keys(days).filter((name) => Date.parse(expiresIn(name, now, own)) <= end(own)), mine] : [...Object.keys(days), 'never'];

/** The same for a token that has an end, which it can keep. */
export function lifetimesOf(token: Pick<Token, 'expiresAt'>, own: string | null | undefined, now: number): string[] {
  const within = lifetimesWithin(own, now);
  return end(token.expiresAt) > end(own) ? within : [keep, ...within.filter((name) => name !== mine || end(token.expiresAt) < end(own))];
}

/** When a token made now ends: an instant, or the word that the API takes. */
export const expiresIn = (lifetime: string, now: number, own: string | null | undefined): string =>
  days[lifetime] ? new Date(now + days[lifetime] * day).toISOString() : lifetime === mine && own ? own : lifetime;
