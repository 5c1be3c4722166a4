import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScheduleAt } from '../../api/runs';
import { changesQuery } from '../../api/schedule';
import { isOver } from '../../api/skips';
import type { Audit } from '../../api/types';
import { now } from '../../app/clock';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Unread } from '../../parts/feedback/unread';
import { FieldChanges } from '../../parts/field-changes';
import { Panel } from '../../parts/page/panel';
import { Sentence } from '../../parts/sentence';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';
import { UndoDialog } from '../../parts/dialog/undo-dialog';
import { detailOf } from '../audit/said';
import { isAsLeft } from './as-left';
import styles from './schedule.module.css';

const words = texts.schedule.changes;

const canGoBack = (entry: Audit, all: readonly Audit[]) =>
  entry.changes && entry.outcome === 'done' && entry.action !== 'schedule.create' && !isOver(entry, now()) && isAsLeft(entry, all);

/** The schedule's own audit, each change with the way back. */
export function ChangesPanel({ at, zone }: { at: ScheduleAt; zone: string }) {
  const changes = useQuery(changesQuery(at));
  const may = useMay();
  const [undoing, setUndoing] = useState<Audit>();
  return (
    <Panel name={words.title} flush>
      {!changes.data ? (
        <Unread of={changes} rows={3} />
      ) : (
        <ul className={styles.changes}>
          {changes.data.length === 0 && <li>{words.none}</li>}
          {changes.data.map((entry) => (
            <li key={entry.id}>
              <div>
                <Sentence
                  of={entry.outcome === 'done' ? words.did : words.refused}
                  who={<strong>{entry.actor.id}</strong>}
                  what={words.actions[entry.action] ?? words.other(entry.action)}
                />
                <small>
                  <FromNow at={entry.at} zone={zone} />
                  {entry.detail && !entry.changes ? ` · ${detailOf(entry, zone)}` : ''}
                </small>
                {entry.changes && entry.action !== 'schedule.create' && <FieldChanges changes={entry.changes} zone={zone} />}
              </div>
              {may.change && canGoBack(entry, changes.data) && (
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
