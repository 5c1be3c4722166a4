import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { texts } from '../texts';
import { useCommands } from './commands';
import { isAll } from './scope-name';
import { useMay } from './session';

const words = texts.shell;

type May = { change: boolean; operate: boolean };
type Lead = { id: string; text: string; page: 'now' | 'schedules' | 'installs' | 'access' | 'nodes' };

/** What is done on a page of its own and looked for by what it is called: where it is done, as far as the caller may do it. */
export function leadsOf(scope: string, may: May): Lead[] {
  const ofTenant: Lead[] = isAll(scope) ? [] : [{ id: 'pause-tenant', text: words.leads.pauseTenant(scope), page: 'now' }];
  const changes: Lead[] = [
    { id: 'pause', text: words.leads.pause, page: 'schedules' },
    ...ofTenant,
    { id: 'upgrade', text: words.leads.upgrade, page: 'installs' },
    { id: 'tokens', text: words.leads.token, page: 'access' },
  ];
  return [...(may.change ? changes : []), ...(may.operate ? [{ id: 'drain', text: words.leads.drain, page: 'nodes' } as const] : [])];
}

/** Has the palette lead to what is done on other pages. */
export function useLeads(scope: string): void {
  const { change, operate } = useMay();
  const navigate = useNavigate();
  useCommands(
    useMemo(
      () =>
        leadsOf(scope, { change, operate }).map(({ id, text, page }) => ({
          id,
          text,
          hint: words.pages[page],
          act: () => void navigate({ to: `/t/$scope/${page}`, params: { scope } }),
          rare: true,
        })),
      [scope, change, operate, navigate],
    ),
  );
}
