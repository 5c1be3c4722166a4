import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { ScheduleAt } from '../../../api/runs';
import { changesQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { Button } from '../../../parts/button';
import { FormDialog } from '../../../parts/dialog/form-dialog';
import { show } from '../../../parts/field-changes';
import { Sentence } from '../../../parts/sentence';
import { FromNow } from '../../../parts/time/when';
import { texts } from '../../../texts';
import styles from '../schedule.module.css';
import { lostFields, lostOf, type Lost } from './lost';

const words = texts.schedule.dialogs.lost;

type Props = {
  at: ScheduleAt;
  title: string;
  submit: string;
  /** Whether what would be done is not shown yet. */
  ahead?: boolean;
  /** As it was when the dialog opened. */
  opened: Schedule;
  /** What is typed and is not as it was then, by the fields' names. */
  mine: () => Readonly<Record<string, unknown>>;
  /** Puts what is there now into these fields. */
  onTheirs: (current: Schedule, fields: readonly string[]) => void;
  /** Sends what is typed as a change of what was seen. */
  onSave: (seen: Schedule) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
};

/** Changes a schedule: what somebody else changed of it meanwhile is shown, field by field, before anything is written over it. */
export function ScheduleForm({ at, title, submit, ahead = false, opened, mine, onTheirs, onSave, onClose, children }: Props) {
  const [lost, setLost] = useState<Lost>();
  const [seen, setSeen] = useState(opened);
  const both = lost?.fields.filter((field) => field in mine()) ?? [];
  return (
    <FormDialog
      title={title}
      submit={both.length > 0 ? words.overwrite : submit}
      look={both.length > 0 ? 'danger' : 'main'}
      ahead={ahead}
      wide
      onSubmit={async () => {
        try {
          await onSave(seen);
        } catch (error) {
          const now = lostOf(error, lost);
          if (now) {
            setLost(now);
            setSeen(now.current);
            // What nobody typed here is theirs already.
            onTheirs(now.current, now.fields.filter((field) => !(field in mine())));
          }
          throw error;
        }
      }}
      instead={(error) =>
        lost &&
        lostOf(error, lost) && (
          <LostFields at={at} lost={lost} mine={mine()}>
            {both.length > 0 && <Button onPress={() => onTheirs(lost.current, both)}>{words.theirs}</Button>}
          </LostFields>
        )
      }
      onClose={onClose}
    >
      {children}
    </FormDialog>
  );
}

function LostFields({ at, lost, mine, children }: { at: ScheduleAt; lost: Lost; mine: Readonly<Record<string, unknown>>; children: ReactNode }) {
  const { data } = useQuery({ ...changesQuery(at), staleTime: 0 });
  const zone = lost.current.timezone;
  return (
    <div className={styles.lost} role="alert">
      <strong>{words.title}</strong>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.title}>
        <table>
          <thead>
            <tr>
              {Object.values(words.columns).map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lostFields(lost, mine, data ?? []).map(({ field, now, by, ...typed }) => (
              <tr key={field}>
                <th scope="row">{words.fields[field] ?? field}</th>
                <td>
                  <code>{show(now, zone)}</code>
                </td>
                <td>{'mine' in typed ? <code>{show(typed.mine, zone)}</code> : words.untouched}</td>
                <td>{by && <Sentence of={words.by} who={by.who} at={<FromNow at={by.at} zone={zone} />} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>{words.kept}</p>
      {children && <div>{children}</div>}
    </div>
  );
}
