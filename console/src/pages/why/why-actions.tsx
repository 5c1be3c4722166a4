import type { ScheduleAt } from '../../api/runs';
import type { Why } from '../../api/types';
import { useMay } from '../../app/session';
import { texts } from '../../texts';
import { FailedRunsLink } from './failed-runs-link';
import { NodesLink } from './nodes-link';
import { remediesOf } from './remedy';
import { RemedyButtons } from './remedy-buttons';
import styles from './why.module.css';

/** The remedy as buttons. What is filled in is all that the ledger has in one row with the instant, which an outage or a pause left out together. */
export function WhyActions({ at, name, why }: { at: ScheduleAt; name: string; why: Why }) {
  const remedies = remediesOf(why, useMay());
  const runId = why.causes.find((cause) => cause.ref?.kind === 'run')?.ref?.id;
  return (
    <div className={styles.buttons}>
      <RemedyButtons at={at} name={name} instant={why.at} remedies={remedies} filling={why.ledger ?? { from: why.at, to: why.at }} runId={runId} />
      {why.actions.includes('see-failed-runs') && (
        <FailedRunsLink tenant={at.tenant} scheduleId={at.scheduleId} className={styles.link}>
          {texts.why.failedRuns}
        </FailedRunsLink>
      )}
      <NodesLink actions={why.actions} className={styles.link} />
    </div>
  );
}
