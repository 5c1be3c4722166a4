import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScheduleAt } from '../../api/runs';
import { changesQuery } from '../../api/schedule';
import type { Audit } from '../../api/types';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { FieldChanges } from '../../parts/field-changes';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Panel } from '../../parts/page/panel';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';
import { UndoDialog } from '../../parts/dialog/undo-dialog';
import { isAsLeft } from './as-left';
import styles from './schedule.module.css';

const words = texts.schedule.changes;

/** The schedule's own audit, each change with the way back. */
export function ChangesPanel({ at, zone }: { at: ScheduleAt; zone: string }) {
  const changes = useQuery(changesQuery(at));
  const may = useMay();
  const [undoing, setUndoing] = useState<Audit>();
  return (
    <Panel name={words.title} flush>
      {changes.error ? (
        <Problem error={changes.error} compact onRetry={() => void changes.refetch()} />
      ) : changes.isPending ? (
        <Skeleton rows={3} />
      ) : (
        <ul className={styles.changes}>
          {changes.data.length === 0 && <li>{words.none}</li>}
          {changes.data.map((entry) => (
            <li key={entry.id}>
              <div>
                <strong>{entry.actor.id}</strong> {words.actions[entry.action] ?? words.other(entry.action)}{' '}
                {entry.outcome !== 'done' && words.refused}
                <small>
                  <FromNow at={entry.at} zone={zone} />
                  {entry.detail && !entry.changes ? ` · ${entry.detail}` : ''}
                </small>
                {entry.changes && entry.action !== 'schedule.create' && <FieldChanges changes={entry.changes} />}
              </div>
              {may.change && entry.changes && entry.outcome === 'done' && entry.action !== 'schedule.create' && isAsLeft(entry, changes.data) && (
                <Button look="quiet" onPress={() => setUndoing(entry)}>
                  {words.undo}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {undoing && <UndoDialog tenant={at.tenant} entry={undoing} zone={zone} onClose={() => setUndoing(undefined)} />}
    </Panel>
  );
}
