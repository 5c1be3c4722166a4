import { useQuery } from '@tanstack/react-query';
import { installsQuery } from '../../api/tenants';
import { isAll } from '../../app/scope-name';
import { IconButton } from '../../parts/button';
import { Choice } from '../../parts/form/choice';
import { texts } from '../../texts';
import styles from './calendar.module.css';
import type { CalendarSearch } from './search';

const words = texts.calendar;

/** What it is a calendar of: a schedule, an install, the tenant or all. */
export function CalendarOf({
  scope,
  search,
  name,
  set,
}: {
  scope: string;
  search: CalendarSearch;
  name: string | undefined;
  set: (change: { [K in keyof CalendarSearch]: CalendarSearch[K] | undefined }) => void;
}) {
  const installs = useQuery({ ...installsQuery(scope), enabled: !isAll(scope) });
  if (isAll(scope)) {
    return null;
  }
  return (
    <div className={styles.of}>
      <Choice
        quiet
        label={words.of}
        value={search.installId ?? 'all'}
        options={[
          { value: 'all', text: words.ofTenant(scope) },
          ...(installs.data?.items ?? []).map(({ id, extensionId }) => ({ value: id, text: extensionId })),
        ]}
        onChange={(value) => set({ installId: value === 'all' ? undefined : value, scheduleId: undefined, cell: undefined })}
      />
      {search.scheduleId && (
        <span className={styles.chip}>
          {words.schedule(name ?? '')}{' '}
          <IconButton name={words.removeSchedule} onPress={() => set({ scheduleId: undefined })}>
            ✕
          </IconButton>
        </span>
      )}
    </div>
  );
}
