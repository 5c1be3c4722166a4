import { useState } from 'react';
import type { ScheduleAt } from '../../api/runs';
import type { Schedule } from '../../api/types';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Panel } from '../../parts/page/panel';
import { texts } from '../../texts';
import { PolicyDialog } from './dialogs/policy-dialog';
import styles from './schedule.module.css';

const words = texts.schedule.policy;

/** What happens when a run takes long, fails or is missed, in sentences. */
export function PolicyPanel({ at, schedule }: { at: ScheduleAt; schedule: Schedule }) {
  const [editing, setEditing] = useState(false);
  const may = useMay();
  const { policy } = schedule;
  return (
    <Panel name={words.title} actions={may.change && <Button look="quiet" onPress={() => setEditing(true)}>{words.edit}</Button>}>
      <ul className={styles.facts}>
        <li>{words.overlap[policy.overlap ?? 'skip']}</li>
        <li>{words.missed[policy.missed ?? 'latest']}</li>
        {policy.catchUpMinutes != null && <li>{words.catchUp(policy.catchUpMinutes)}</li>}
        <li>{words.retry(policy.retry?.maxAttempts ?? 1)}</li>
        <li>{policy.timeLimitSeconds == null ? words.hostLimit : words.limit(policy.timeLimitSeconds)}</li>
        <li>{words.pauses(policy.pauseAfterFailures ?? 20)}</li>
        {(policy.spreadSeconds ?? 0) > 0 && <li>{words.spread(policy.spreadSeconds ?? 0)}</li>}
      </ul>
      {editing && <PolicyDialog at={at} schedule={schedule} onClose={() => setEditing(false)} />}
    </Panel>
  );
}
