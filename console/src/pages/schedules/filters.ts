import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, api } from '../../api/client';
import { inWords } from '../../cron/words';
import type { Filter } from '../../parts/filter/filter-bar';
import { texts } from '../../texts';

const words = texts.schedules.filters;

const extensionsQuery = { queryKey: ['extensions'], queryFn: () => answer(api.GET('/api/v1/extensions')), staleTime: 60_000 };

/** What schedules can be filtered by. */
export function useScheduleFilters(): readonly Filter[] {
  const extensions = useQuery(extensionsQuery);
  return useMemo(() => [
    {
      name: 'failing', label: words.failing.label, chip: (value) => words.failing.chip[value] ?? value,
      options: [{ value: 'true', text: words.failing.true }, { value: 'false', text: words.failing.false }],
    },
    {
      name: 'paused', label: words.paused.label, chip: (value) => words.paused.chip[value] ?? value,
      options: (['true', 'false', 'host', 'tenant', 'install', 'schedule'] as const).map((value) => ({ value, text: words.paused[value] })),
    },
    {
      name: 'enabled', label: words.enabled.label, chip: (value) => words.enabled.chip[value] ?? value,
      options: [{ value: 'true', text: words.enabled.true }, { value: 'false', text: words.enabled.false }],
    },
    {
      name: 'dueWithin', label: words.dueWithin.label, chip: (value) => words.dueWithin.chip(words.dueWithin.minutes[value] ?? words.minutes(Number(value))),
      options: Object.entries(words.dueWithin.minutes).map(([value, text]) => ({ value, text })),
    },
    {
      name: 'extension', label: words.extension.label, chip: words.extension.chip,
      options: (extensions.data?.items ?? []).map(({ id }) => ({ value: id, text: id })),
    },
    { name: 'endpoint', label: words.endpoint.label, chip: words.endpoint.chip, options: [] },
    // Of what another page found, such as schedules with the same times.
    { name: 'cron', label: words.cron.label, chip: (cron) => words.cron.chip(inWords(cron) || cron), options: [] },
    { name: 'timezone', label: words.timezone.label, chip: words.timezone.chip, options: [] },
  ], [extensions.data]);
}
