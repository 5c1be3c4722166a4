import { useQuery } from '@tanstack/react-query';
import { useMatches, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Popover } from 'react-aria-components/Popover';
import { tenantsQuery } from '../../api/tenants';
import { number, texts } from '../../texts';
import { useKeys } from '../keys';
import { tenantKey } from '../nav';
import { useScope } from '../scope';
import { allTenants, isAll } from '../scope-name';
import { useMay, useSession } from '../session';
import styles from './tenant-switcher.module.css';

const Finder = lazy(() => import('./finder'));
const words = texts.shell.tenant;

/** Which tenant is looked at, or all of them: what the role allows. The page stays the one that it is. */
export function TenantSwitcher({ onDone }: { onDone: () => void }) {
  const scope = useScope();
  const session = useSession();
  const { seeAll } = useMay();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const tenants = useQuery({ ...tenantsQuery, enabled: seeAll && open });
  const go = useGoToScope();
  const choices = useMemo(() => {
    const known = seeAll
      ? (tenants.data?.items ?? []).map((tenant) => ({ id: tenant.tenant, text: tenant.tenant, note: number(tenant.schedules) }))
      : session.tenants.map((tenant) => ({ id: tenant, text: tenant, note: '' }));
    return seeAll ? [{ id: allTenants, text: words.all, note: '' }, ...known] : known;
  }, [seeAll, tenants.data, session.tenants]);
  useKeys(useMemo(() => [{ keys: `g ${tenantKey}`, text: texts.shell.keys.tenant, act: () => setOpen(true) }], []));
  const single = !seeAll && session.tenants.length < 2;
  return (
    <>
      <Button ref={button} className={styles.button} isDisabled={single} onPress={() => setOpen(true)}>
        <span className={styles.name}>{isAll(scope) ? words.all : scope}</span>
        <small>{words.label} <span aria-hidden="true">{single ? '' : '⌄'}</span></small>
      </Button>
      <Popover triggerRef={button} isOpen={open} onOpenChange={setOpen} className={styles.popover} placement="bottom start">
        <Suspense><Finder
          label={words.find}
          choices={choices}
          empty={words.none}
          onPick={(id) => {
            setOpen(false);
            onDone();
            go(id);
          }}
        /></Suspense>
      </Popover>
    </>
  );
}

/** To the same page of another tenant; from a single thing of this tenant to the list that it stands in. */
export function useGoToScope(): (scope: string) => void {
  const navigate = useNavigate();
  const matches = useMatches();
  return (scope) => {
    const path = matches.at(-1)?.fullPath ?? '';
    const page = path.split('/')[3] || 'schedules';
    void navigate({ to: `/t/$scope/${page}` as '/t/$scope/schedules', params: { scope } });
  };
}
