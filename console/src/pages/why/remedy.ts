import type { Why, WhyCause } from '../../api/types';

const known = [
  'rerun',
  'run-now',
  'backfill',
  'resume-backfill',
  'take-skip-back',
  'let-one-wait',
  'enable-schedule',
  'enable-install',
  'restore-schedule',
  'restore-install',
  'resume-schedule',
  'resume-install',
  'resume-tenant',
  'resume-host',
] as const;
export type Remedy = (typeof known)[number];

const acted = ['resume-backfill', 'take-skip-back', 'enable-schedule', 'enable-install', 'restore-schedule', 'restore-install'] as const;
export type Acted = (typeof acted)[number];

/** Whether it needs nothing more than a press; any other opens a dialog first. */
export const isActed = (remedy: Remedy): remedy is Acted => acted.some((one) => one === remedy);

/** What the caller may do, as far as remedies ask for it. */
export type May = { change: boolean; operate: boolean };

/** The server's remedy without the routes that it names for programs: here their buttons stand beside it. */
export const withoutRoutes = (remedy: string) => remedy.replace(/ \((?:GET|POST|PATCH|PUT|DELETE) [^()]*\)/g, '');

/** What of the server's remedy the caller can do with a press, in its order; the sentence says the rest. */
export const remediesOf = ({ actions, causes }: Pick<Why, 'actions' | 'causes'>, may: May): Remedy[] =>
  known.filter((one) => actions.includes(one) && isAllowed(one, causes, may)).sort((a, b) => actions.indexOf(a) - actions.indexOf(b));

// What an operator paused, operators alone resume; and the host is theirs.
function isAllowed(remedy: Remedy, causes: readonly WhyCause[], { change, operate }: May): boolean {
  const [act, layer] = remedy.split('-');
  const theirs =
    layer === 'host' || (act === 'resume' && causes.some(({ code, parameters: { byOperator, layer: of } }) => code === 'pause' && of === layer && byOperator));
  return change && (operate || !theirs);
}
