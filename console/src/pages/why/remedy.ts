import type { Why } from '../../api/types';

export type Remedy = 'rerun' | 'resume' | 'enable' | 'backfill' | 'take-back';

/** The server's remedy without the routes that it names for programs: here their buttons stand beside it. */
export const withoutRoutes = (remedy: string) => remedy.replace(/ \((?:GET|POST|PATCH|PUT|DELETE) [^()]*\)/g, '');

/** What can be done about an answer with one press, by its verdict and the code of its nearest cause. Its words are the server's remedy. */
export function remediesOf(why: Pick<Why, 'verdict' | 'causes' | 'at'>): Remedy[] {
  const codes = new Set(why.causes.map((cause) => cause.code));
  const ownPause = why.causes.some((cause) => cause.code === 'pause' && cause.parameters.layer === 'schedule');
  const toCome = why.verdict === 'will-not-run' || why.verdict === 'will-run';
  const found: Remedy[] = [];
  if (ownPause && (why.verdict === 'paused' || toCome)) {
    found.push('resume');
  }
  if (codes.has('schedule-disabled') && (why.verdict === 'disabled' || toCome)) {
    found.push('enable');
  }
  if (why.verdict === 'will-not-run' && codes.has('skipped-by-admin')) {
    found.push('take-back');
  }
  if (['failed', 'abandoned'].includes(why.verdict) && why.causes.some((cause) => cause.ref?.kind === 'run') && !codes.has('made-up')) {
    found.push('rerun');
  }
  if (['missed', 'paused', 'disabled', 'skipped', 'abandoned'].includes(why.verdict) && !codes.has('made-up')) {
    found.push('backfill');
  }
  return found;
}
