import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ScheduleAt } from '../../api/runs';
import type { Why, WhyCause } from '../../api/types';
import { Mark, outcomeOf, type Outcome } from '../../parts/outcome/mark';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { withoutRoutes } from './remedy';
import styles from './why.module.css';

const words = texts.why;
const marks: Record<string, Outcome> = {
  disabled: 'disabled',
  'not-due': 'never',
  'will-run': 'queued',
  'will-not-run': 'skipped',
  'not-yet-created': 'never',
  deleted: 'disabled',
  'beyond-retention': 'never',
};

export const markOf = (verdict: string): Outcome => marks[verdict] ?? outcomeOf(verdict);

/** The sentence, the chain of causes as a short timeline, and what to do: all of it in the server's words. */
export function WhyAnswer({ at, zone, why, actions }: { at: ScheduleAt; zone: string; why: Why; actions: ReactNode }) {
  return (
    <>
      <p className={styles.verdict}>
        <Mark of={markOf(why.verdict)}>{words.verdicts[why.verdict] ?? why.verdict}</Mark> <When at={why.at} zone={zone} as="zone" />
      </p>
      <p className={styles.say}>{why.sentence}</p>
      {why.causes.length > 0 && (
        <ol className={styles.chain} aria-label={words.chain}>
          {why.causes.map((cause, place) => (
            <Cause key={`${cause.code}${place}`} at={at} zone={zone} cause={cause} first={place === 0} verdict={why.verdict} />
          ))}
        </ol>
      )}
      <div className={styles.todo}>
        <strong>{words.todo}</strong>
        <p>{withoutRoutes(why.remedy)}</p>
        {actions}
      </div>
    </>
  );
}

function Cause({ at, zone, cause, first, verdict }: { at: ScheduleAt; zone: string; cause: WhyCause; first: boolean; verdict: string }) {
  return (
    <li className={first ? styles[markOf(verdict)] : undefined}>
      <span className={styles.time}>{cause.when && <When at={cause.when} zone={zone} />}</span>
      <div>
        {cause.what}
        {cause.note && <code className={styles.note}>{cause.note}</code>}
        {cause.ref?.kind === 'run' && (
          <Link className={styles.link} to="/t/$scope/runs/$runId" params={{ scope: at.tenant, runId: cause.ref.id }}>
            {words.run}
          </Link>
        )}
      </div>
    </li>
  );
}
