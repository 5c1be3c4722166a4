import type { Why } from '../../api/types';

const known = ['rerun', 'run-now', 'backfill', 'resume-schedule', 'enable-schedule', 'take-skip-back'] as const;
export type Remedy = (typeof known)[number];

/** The server's remedy without the routes that it names for programs: here their buttons stand beside it. */
export const withoutRoutes = (remedy: string) => remedy.replace(/ \((?:GET|POST|PATCH|PUT|DELETE) [^()]*\)/g, '');

/** What of the server's remedy can be done with one press where a schedule is looked at, in its order; the sentence says the rest. */
export const remediesOf = ({ actions }: Pick<Why, 'actions'>): Remedy[] =>
  known.filter((one) => actions.includes(one)).sort((a, b) => actions.indexOf(a) - actions.indexOf(b));
