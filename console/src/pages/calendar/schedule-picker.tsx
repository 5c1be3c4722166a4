import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { listSchedules } from '../../api/schedules';
import type { ListedSchedule } from '../../api/types';
import { isAll } from '../../app/scope-name';
import choice from '../../parts/form/choice.module.css';
import field from '../../parts/form/field.module.css';
import { texts } from '../../texts';
import styles from './calendar.module.css';

const words = texts.calendar;
const most = 12;

/** Finds one schedule by a part of its name or endpoint, to be looked at alone. */
export function SchedulePicker({ scope, onPick }: { scope: string; onPick: (schedule: ListedSchedule) => void }) {
  const [typed, setTyped] = useState('');
  // Begun anew once one was picked: what is emptied by its own list would open that again.
  const [picks, setPicks] = useState(0);
  const q = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['schedules', scope, 'picker', q],
    queryFn: ({ signal }) => listSchedules(scope, { ...(q ? { q } : {}), sort: 'name', limit: most }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const found = data?.items ?? [];
  return (
    <ComboBox
      key={picks}
      aria-label={words.pick}
      className={styles.pick}
      items={found}
      inputValue={typed}
      onInputChange={setTyped}
      selectedKey={null}
      onSelectionChange={(key) => {
        const picked = found.find(({ id }) => id === key);
        if (picked) {
          setTyped('');
          setPicks(picks + 1);
          onPick(picked);
        }
      }}
      menuTrigger="input"
      allowsEmptyCollection
    >
      <Input className={field.input} autoFocus={picks > 0} placeholder={words.pick} maxLength={128} spellCheck="false" />
      <Popover className={choice.popover}>
        <ListBox className={choice.list} renderEmptyState={() => <p className={styles.pad}>{isFetching ? texts.parts.loading : words.pickNothing}</p>}>
          {(schedule: ListedSchedule) => (
            <ListBoxItem id={schedule.id} textValue={schedule.name || schedule.endpoint} className={choice.option}>
              <span>{schedule.name || schedule.endpoint}</span>{' '}
              <small className={styles.muted}>{isAll(scope) ? texts.now.ofTenant(schedule.extensionId, schedule.tenant) : schedule.extensionId}</small>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
