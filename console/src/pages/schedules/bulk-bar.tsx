import { useState } from 'react';
import type { BulkName, BulkTarget } from '../../api/bulk';
import type { ListedSchedule } from '../../api/types';
import type { ScheduleFilters } from '../../api/schedules';
import { isAll } from '../../app/scope-name';
import { Button } from '../../parts/button';
import type { Selection } from '../../parts/table/selection';
import { texts } from '../../texts';
import { BulkDialog } from './bulk-dialog';
import { targetsOf } from './bulk-shown';
import styles from './schedules.module.css';

const words = texts.schedules.bulk;
const actions: readonly BulkName[] = ['pause', 'resume', 'enable', 'disable', 'set-policy', 'delete'];

type Props = { scope: string; filters: ScheduleFilters; selection: Selection; rows: readonly ListedSchedule[]; onMatching: () => void; onClear: () => void };

/** What can be done to what is selected: all that match go by the filters, what was ticked by its ids. */
export function BulkBar({ scope, filters, selection, rows, onMatching, onClear }: Props) {
  const [action, setAction] = useState<BulkName>();
  const some = rows.filter((row) => selection.ids.has(row.id));
  // As it was when it opened: the rows go on with the data, and the preview is of what was picked.
  const [targets, setTargets] = useState<readonly BulkTarget[]>();
  const begin = (name: BulkName) => {
    setTargets(selection.all ? [{ tenant: scope, filters }] : targetsOf(some));
    setAction(name);
  };
  const done = () => {
    setAction(undefined);
    onClear();
  };
  return (
    <div className={styles.bulk} role="region" aria-label={words.selected(some.length)}>
      <strong aria-live="polite">{selection.all ? words.matching : words.selected(selection.ids.size)}</strong>
      {!selection.all && (isAll(scope) ? <span>{words.oneTenant}</span> : <Button look="quiet" onPress={onMatching}>{words.selectMatching}</Button>)}
      <Button look="quiet" onPress={onClear}>{words.clear}</Button>
      <span className={styles.spring} />
      {actions.map((name) => <Button key={name} onPress={() => begin(name)}>{words.actions[name]}</Button>)}
      {targets && action && <BulkDialog targets={targets} action={action} onDone={done} onClose={() => setAction(undefined)} />}
    </div>
  );
}
