import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { texts } from '../../texts';
import { navFor } from '../nav';
import { useScope } from '../scope';
import { useMay } from '../session';
import { Logo } from './logo';
import styles from './rail.module.css';
import { TenantSwitcher } from './tenant-switcher';

const Account = lazy(() => import('./account'));

/** The pages. Beside the page where there is room, over it on a phone. */
export function Rail({ open, onClose }: { open: boolean; onClose: () => void }) {
  const scope = useScope();
  const shown = navFor(useMay());
  return (
    <>
      {open && <div className={styles.veil} onClick={onClose} />}
      <nav id="rail" className={`${styles.rail} ${open ? styles.open : ''}`} aria-label={texts.shell.mainNavigation}>
        <Link to="/" className={styles.brand} onClick={onClose}><Logo />{texts.shell.product}</Link>
        <TenantSwitcher onDone={onClose} />
        {([1, 2] as const).map((group) => (
          <div key={group} className={styles.group}>
            {shown.filter((entry) => entry.group === group).map((entry) => (
              <Link
                key={entry.path}
                to={`/t/$scope/${entry.path}` as '/t/$scope/schedules'}
                params={{ scope }}
                className={styles.entry}
                activeProps={{ className: `${styles.entry} ${styles.on}` }}
                activeOptions={{ includeSearch: false }}
                onClick={onClose}
              >
                {entry.name}
              </Link>
            ))}
          </div>
        ))}
        <Suspense><Account /></Suspense>
      </nav>
    </>
  );
}
