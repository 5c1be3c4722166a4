import type { Why, WhyCause } from '../../api/types';

/** A cause in its place, with a word where it has no time of its own. */
export type Link = { cause: WhyCause; nearest: boolean; word: 'before' | 'then' | 'now' | undefined };

// What is told of without a time: what was settled ahead of it, and what lasts.
const before = new Set(['skipped-by-admin', 'edit', 'upgrade', 'created']);
const lasting = new Set(['waits-for-end', 'catch-up', 'unclaimed', 'under-way', 'no-node', 'may-overlap']);

/** The causes as they came about, the earliest first; the server has the nearest first. What has no time stands where it belongs. */
export function chainOf({ at, causes }: Pick<Why, 'at' | 'causes'>): Link[] {
  const placed = causes.map((cause, place) => {
    const word = cause.when ? undefined : before.has(cause.code) ? 'before' : lasting.has(cause.code) ? 'now' : 'then';
    const key = cause.when ? Date.parse(cause.when) : word === 'before' ? Number.NEGATIVE_INFINITY : word === 'now' ? Number.POSITIVE_INFINITY : Date.parse(at);
    return { link: { cause, nearest: place === 0, word } as Link, key, place };
  });
  // Of one instant the nearest comes last, for the others brought it about.
  return placed.sort((a, b) => (a.key === b.key ? b.place - a.place : a.key - b.key)).map(({ link }) => link);
}

/** Its note, where what it says has none: a pause, a skip and a drain are told with theirs. */
export const noteBeside = ({ what, note }: Pick<WhyCause, 'what' | 'note'>): string | undefined => (note && !what.includes(note) ? note : undefined);
