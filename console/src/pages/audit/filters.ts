import { useMemo } from 'react';
import type { Audit, Install } from '../../api/types';
import { own } from '../../app/own';
import { isAll } from '../../app/scope-name';
import type { Filter } from '../../parts/filter/filter-bar';
import { texts } from '../../texts';

const words = texts.audit.filters;
const options = (of: Record<string, string>) => Object.entries(of).map(([value, text]) => ({ value, text }));

/** What the audit can be filtered by. */
export function useAuditFilters(scope: string, installs: ReadonlyMap<string, Install>, names: Audit['names']): readonly Filter[] {
  return useMemo(() => {
    const { kinds, things, outcomes } = texts.audit;
    const shown = Object.fromEntries(Object.entries(things).filter(([thing]) => isAll(scope) || (thing !== 'host' && thing !== 'version')));
    return [
      { name: 'actorKind', label: words.actor.label, options: options(kinds), chip: (value) => words.actor.chip(kinds[value] ?? value) },
      { name: 'action', label: words.action.label, options: options(shown), chip: (value) => words.action.chip(things[value] ?? value) },
      { name: 'outcome', label: words.outcome.label, options: options(outcomes), chip: (value) => words.outcome.chip(outcomes[value] ?? value) },
      { name: 'changed', label: words.changed.label, options: [{ value: 'true', text: words.changed.true }], chip: () => words.changed.chip },
      { name: 'target', label: words.target.label, options: [], chip: (id) => words.target.chip(own(names, id) ?? id) },
      { name: 'of', label: words.of.label, options: isAll(scope) ? [{ value: 'host', text: words.of.host }] : [], chip: () => words.of.chip },
      {
        name: 'installId',
        label: words.installId.label,
        chip: (id) => words.installId.chip(installs.get(id)?.extensionId ?? id),
        options: isAll(scope) ? [] : [...installs.values()].map(({ id, extensionId }) => ({ value: id, text: extensionId })),
      },
    ];
  }, [scope, installs, names]);
}
