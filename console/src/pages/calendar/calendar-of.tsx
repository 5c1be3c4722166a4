import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { installsQuery } from '../../api/tenants';
import { isAll } from '../../app/scope-name';
import { IconButton } from '../../parts/button';
import { Choice } from '../../parts/form/choice';
import { ownZone } from '../../parts/time/format';
import { texts } from '../../texts';
import styles from './calendar.module.css';
import { SchedulePicker } from './schedule-picker';
import type { CalendarSearch } from './search';
import { choicesOf } from './zones';

const words = texts.calendar;

/** What it is a calendar of: a schedule, an install, the tenant or all. */
export function CalendarOf({
  scope,
  search,
  name,
  zone,
  zones,
  set,
}: {
  scope: string;
  search: CalendarSearch;
  name: string | undefined;
  /** On whose clocks it is. */
  zone: string;
  /** Those of the schedules. */
  zones: readonly string[];
  set: (change: { [K in keyof CalendarSearch]: CalendarSearch[K] | undefined }) => void;
}) {
  const navigate = useNavigate();
  const installs = useQuery({ ...installsQuery(scope), enabled: !isAll(scope) });
  return (
    <div className={styles.of}>
      {!isAll(scope) && (
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
      )}
      <SchedulePicker
        scope={scope}
        onPick={({ tenant, installId, id }) =>
          isAll(scope)
            ? void navigate({ to: '/t/$scope/calendar', params: { scope: tenant }, search: { ...search, installId, scheduleId: id } })
            : set({ installId, scheduleId: id, cell: undefined })
        }
      />
      <Choice
        quiet
        label={words.clocks}
        value={zone}
        options={choicesOf(zones, ownZone(), zone).map((value) => ({ value, text: value === ownZone() ? words.ownClocks(value) : value }))}
        onChange={(value) => set({ zone: value, cell: undefined })}
      />
      {!isAll(scope) && search.scheduleId && (
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
