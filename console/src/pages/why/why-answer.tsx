import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ScheduleAt } from '../../api/runs';
import type { Why } from '../../api/types';
import { Mark, outcomeOf, type Outcome } from '../../parts/outcome/mark';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { chainOf, noteBeside, type Link as ChainLink } from './chain';
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

/** What a pause kept back is skipped, as its row says; without one it is held still. */
const wordOf = ({ verdict, ledger }: Why) => (ledger && verdict === 'paused' ? words.keptBack : (words.verdicts[verdict] ?? verdict));
const markOf = ({ verdict, ledger }: Why): Outcome => marks[verdict] ?? outcomeOf(ledger && verdict === 'paused' ? ledger.state : verdict);

/** The sentence, the chain of causes as a short timeline, and what to do: all of it in the server's words. */
export function WhyAnswer({ at, zone, why, actions }: { at: ScheduleAt; zone: string; why: Why; actions: ReactNode }) {
  return (
    <>
      <p className={styles.verdict}>
        <Mark of={markOf(why)}>{wordOf(why)}</Mark> <When at={why.at} zone={zone} />
      </p>
      <p className={styles.say}>{why.sentence}</p>
      {why.causes.length > 0 && (
        <ol className={styles.chain} aria-label={words.chain}>
          {chainOf(why).map((link, place) => (
            <Cause key={`${link.cause.code}${place}`} at={at} zone={zone} link={link} mark={markOf(why)} />
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

function Cause({ at, zone, link: { cause, nearest, word }, mark }: { at: ScheduleAt; zone: string; link: ChainLink; mark: Outcome }) {
  const note = noteBeside(cause);
  return (
    <li className={nearest ? styles[mark] : undefined}>
      <span className={styles.time}>{cause.when ? <When at={cause.when} zone={zone} /> : word && words.times[word]}</span>
      <div>
        {cause.what}
        {note && <code className={styles.note}>{note}</code>}
        {cause.ref?.kind === 'run' && (
          <Link className={styles.link} to="/t/$scope/runs/$runId" params={{ scope: at.tenant, runId: cause.ref.id }}>
            {words.run}
          </Link>
        )}
      </div>
    </li>
  );
}
