import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { extensionsQuery } from '../../api/extensions';
import { installsQuery } from '../../api/tenants';
import type { Run } from '../../api/types';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import type { Filter } from '../../parts/filter/filter-bar';
import { formatTime } from '../../parts/time/format';
import { texts } from '../../texts';
import { triggers } from './search';

const words = texts.runs.filters;
const options = (of: Record<string, string>) => Object.entries(of).map(([value, text]) => ({ value, text }));
const inUtc = (at: string) => formatTime(at, 'UTC', 'minute', now());

/** What runs can be filtered by; a schedule and a version are among those that are shown, and `versionId` is that which is looked for. */
export function useRunFilters(scope: string, rows: readonly Run[], versionId: string | undefined): readonly Filter[] {
  const all = isAll(scope);
  const found = useQuery({ ...installsQuery(scope), enabled: !all });
  const published = useQuery({ ...extensionsQuery, enabled: versionId !== undefined && !rows.some((run) => run.versionId === versionId) });
  return useMemo(() => {
    const installs = found.data?.items ?? [];
    const schedules = new Map(rows.map((run) => [run.scheduleId, run.schedule ?? run.scheduleId]));
    const sought = published.data?.items.flatMap((extension) => extension.versions).find(({ id }) => id === versionId);
    const versions = new Map([
      ...(sought ? [[sought.id, texts.runs.version(sought.extensionId, sought.version)] as const] : []),
      ...rows.flatMap(({ versionId, version, extensionId }) =>
        versionId && version ? [[versionId, texts.runs.version(extensionId ?? '', version)] as const] : [],
      ),
    ]);
    return [
      { name: 'state', label: words.state.label, options: options(words.state.options), chip: (value) => words.state.chip(value, words.state.known[value]) },
      { name: 'reason', label: words.reason.label, options: options(texts.parts.reasons), chip: words.reason.chip },
      {
        name: 'trigger',
        label: words.trigger.label,
        options: triggers.map((value) => ({ value, text: texts.parts.triggers[value] ?? value })),
        chip: words.trigger.chip,
      },
      {
        name: 'within',
        label: words.within.label,
        options: options(words.within.minutes).sort((a, b) => Number(a.value) - Number(b.value)),
        chip: (value) => words.within.chip(words.within.minutes[value] ?? words.within.other(Number(value))),
      },
      { name: 'from', label: words.from.label, options: [], chip: (at) => words.from.chip(inUtc(at)) },
      { name: 'to', label: words.to.label, options: [], chip: (at) => words.to.chip(inUtc(at)) },
      {
        name: 'installId',
        label: words.installId.label,
        options: all ? [] : installs.map((install) => ({ value: install.id, text: install.extensionId })),
        chip: (id) => words.installId.chip(installs.find((install) => install.id === id)?.extensionId ?? id),
      },
      {
        name: 'scheduleId',
        label: words.scheduleId.label,
        options: all ? [] : [...schedules].map(([value, text]) => ({ value, text })),
        chip: (id) => words.scheduleId.chip(schedules.get(id) ?? id),
      },
      {
        name: 'versionId',
        label: words.versionId.label,
        options: [...versions].map(([value, text]) => ({ value, text })),
        chip: (id) => words.versionId.chip(versions.get(id) ?? id),
      },
    ];
  }, [all, found.data, published.data, rows, versionId]);
}
