import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { ListedSchedule, NotRunGroup } from '../../api/types';
import { now } from '../../app/clock';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Panel } from '../../parts/page/panel';
import { formatTime, ownZone } from '../../parts/time/format';
import { texts } from '../../texts';
import type { FailureGroup } from './failing';
import { Need } from './need';
import styles from './now.module.css';

const words = texts.now.needs;

// They come beside what is read for them, and the page does not wait for them where all is well.
const cards = import('./cause-card');
const failures = import('./failing-cards');
const FailingCard = lazy(() => failures.then(({ FailingCard }) => ({ default: FailingCard })));
const CauseCard = lazy(() => cards.then(({ CauseCard }) => ({ default: CauseCard })));

type Props = {
  scope: string;
  since: string;
  groups: readonly NotRunGroup[];
  /** All of them, also such as stand at what paused itself. */
  notRun: readonly NotRunGroup[];
  failing: readonly FailureGroup[];
  /** Those that paused themselves, likewise. */
  selfPaused: readonly FailureGroup[];
  most: number;
  onPause: (schedule: ListedSchedule) => void;
  onResume: (schedule: ListedSchedule) => void;
};

const countOf = (groups: readonly FailureGroup[]) => groups.reduce((sum, { failures }) => sum + failures.length, 0);

/** What needs somebody, causes before counts, each with what to do about it. */
export function NeedsPanel({ scope, since, groups, notRun, failing, selfPaused, most, onPause, onResume }: Props) {
  const none = groups.length + failing.length + selfPaused.length === 0;
  return (
    <Panel name={words.title} note={words.note(formatTime(since, ownZone(), 'minute', now()))} flush>
      {none && <p className={styles.none}>{words.none}</p>}
      {selfPaused.length + failing.length > 0 && (
        <Suspense fallback={<Skeleton rows={Math.min(selfPaused.length, most) + Math.min(failing.length, most)} height={86} />}>
          {selfPaused.slice(0, most).map((group) => (
            <FailingCard key={group.key} scope={scope} of={group} paused={{ groups: notRun, since }} onPause={onPause} onResume={onResume} />
          ))}
          {selfPaused.length > most && (
            <Need of="paused" title={words.moreSelfPaused(countOf(selfPaused.slice(most)))} text="">
              <Link className={styles.link} to="/t/$scope/schedules" params={{ scope }} search={{ paused: 'schedule' }}>
                {words.allPaused}
              </Link>
            </Need>
          )}
          {failing.slice(0, most).map((group) => (
            <FailingCard key={group.key} scope={scope} of={group} onPause={onPause} onResume={onResume} />
          ))}
        </Suspense>
      )}
      {failing.length > most && (
        <Need of="failed" title={words.moreFailing(countOf(failing.slice(most)))} text="">
          <Link className={styles.link} to="/t/$scope/schedules" params={{ scope }} search={{ failing: 'true' }}>
            {words.all}
          </Link>
        </Need>
      )}
      <Causes scope={scope} groups={groups} />
    </Panel>
  );
}

/** What somebody held back or skipped and wrote why: it stands here to be seen, and needs nobody. */
export const PurposePanel = ({ scope, groups }: { scope: string; groups: readonly NotRunGroup[] }) =>
  groups.length === 0 ? null : (
    <Panel name={texts.now.purpose.title} note={texts.now.purpose.note} flush>
      <Causes scope={scope} groups={groups} />
    </Panel>
  );

function Causes({ scope, groups }: { scope: string; groups: readonly NotRunGroup[] }) {
  return groups.length === 0 ? null : (
    <Suspense fallback={<Skeleton rows={groups.length} height={86} />}>
      {groups.map((group) => (
        <CauseCard key={group.sentence} scope={scope} of={group} />
      ))}
    </Suspense>
  );
}
