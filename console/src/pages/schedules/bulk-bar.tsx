import { useState } from 'react';
import type { ListedSchedule } from '../../api/types';
import type { ScheduleFilters } from '../../api/schedules';
import { isAll } from '../../app/scope-name';
import { Button } from '../../parts/button';
import type { Selection } from '../../parts/table/selection';
import { texts } from '../../texts';
import { BulkDialog, type BulkName } from './bulk-dialog';
import styles from './schedules.module.css';
import { SomeDialog } from './some-dialog';

const words = texts.schedules.bulk;
const actions: readonly BulkName[] = ['pause', 'resume', 'enable', 'disable', 'delete'];

type Props = { scope: string; filters: ScheduleFilters; selection: Selection; rows: readonly ListedSchedule[]; onMatching: () => void; onClear: () => void };

/** What can be done to what is selected. All that match go by the filters, as one change; some go one by one. */
export function BulkBar({ scope, filters, selection, rows, onMatching, onClear }: Props) {
  const [action, setAction] = useState<BulkName>();
  const some = rows.filter((row) => selection.ids.has(row.id));
  const done = () => {
    setAction(undefined);
    onClear();
  };
  return (
    <div className={styles.bulk} role="region" aria-label={words.selected(some.length)}>
      <strong aria-live="polite">{selection.all ? words.matching : words.selected(selection.ids.size)}</strong>
      {!selection.all && !isAll(scope) && <Button look="quiet" onPress={onMatching}>{words.selectMatching}</Button>}
      <Button look="quiet" onPress={onClear}>{words.clear}</Button>
      <span className={styles.spring} />
      {actions.map((name) => <Button key={name} onPress={() => setAction(name)}>{words.actions[name]}</Button>)}
      {action && selection.all && <BulkDialog tenant={scope} filters={filters} action={action} onDone={done} onClose={() => setAction(undefined)} />}
      {action && !selection.all && <SomeDialog action={action} picked={some} onDone={done} onClose={() => setAction(undefined)} />}
    </div>
  );
}
