import { useMatches, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { number, texts } from '../../texts';
import { useKeys } from '../keys';
import { tenantKey } from '../nav';
import { useReachable } from '../reachable';
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
  const reachable = useReachable(open);
  const go = useGoToScope();
  const choices = useMemo(() => {
    const known = reachable.map(({ tenant, schedules }) => ({ id: tenant, text: tenant, note: schedules === undefined ? '' : number(schedules) }));
    return seeAll ? [{ id: allTenants, text: words.all, note: '' }, ...known] : known;
  }, [seeAll, reachable]);
  useKeys(useMemo(() => [{ keys: `g ${tenantKey}`, text: texts.shell.keys.tenant, act: () => setOpen(true) }], []));
  const single = !seeAll && session.tenants.length < 2;
  return (
    <>
      <Button ref={button} className={styles.button} isDisabled={single} onPress={() => setOpen(true)}>
        <span className={styles.name}>{isAll(scope) ? words.all : scope}</span>
        <small>{words.label} <span aria-hidden="true">{single ? '' : '⌄'}</span></small>
      </Button>
      {open && (
        <Suspense>
          <Finder
            of={button}
            label={words.find}
            choices={choices}
            empty={words.none}
            onPick={(id) => {
              setOpen(false);
              onDone();
              go(id);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
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
