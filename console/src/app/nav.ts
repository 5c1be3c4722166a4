import { texts } from '../texts';

/** A page of the navigation. `path` is below `/t/{scope}`, `key` is what is pressed behind `g`. */
export type NavEntry = { path: string; name: string; key: string; group: 1 | 2; operators?: boolean };

const names = texts.shell.pages;

/** Behind `g`, what chooses a tenant. */
export const tenantKey = 't';

/** The pages in their order. A page that is added stands here and in `routes.ts`. */
export const nav: readonly NavEntry[] = [
  { path: 'now', name: names.now, key: 'n', group: 1 },
  { path: 'schedules', name: names.schedules, key: 's', group: 1 },
  { path: 'runs', name: names.runs, key: 'r', group: 1 },
  { path: 'calendar', name: names.calendar, key: 'c', group: 1 },
  { path: 'load', name: names.load, key: 'l', group: 1 },
  { path: 'installs', name: names.installs, key: 'i', group: 2 },
  { path: 'extensions', name: names.extensions, key: 'e', group: 2 },
  { path: 'audit', name: names.audit, key: 'a', group: 2 },
  { path: 'access', name: names.access, key: 'k', group: 2 },
  { path: 'nodes', name: names.nodes, key: 'o', group: 2, operators: true },
];

/** Those of them that somebody may look at. */
export const navFor = ({ seeAll }: { seeAll: boolean }): NavEntry[] => nav.filter(({ operators }) => !operators || seeAll);
