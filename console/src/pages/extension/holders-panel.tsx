import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { holdersQuery } from '../../api/holders';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Chip } from '../../parts/chip';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { texts } from '../../texts';
import styles from './extension.module.css';

const words = texts.extensions.one;

/** Which tenants have it, and which version. */
export function HoldersPanel({ scope, extensionId }: { scope: string; extensionId: string }) {
  const { seeAll } = useMay();
  const { data, error, refetch } = useQuery({ ...holdersQuery(scope, extensionId), enabled: !isAll(scope) || seeAll });
  if (isAll(scope) && !seeAll) {
    return null;
  }
  return (
    <Panel name={words.holders} note={data && data.installs.length > 1 ? words.holdersOf(data.installs.length) : undefined}>
      {!data ? (
        error ? (
          <Problem error={error} compact onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={3} />
        )
      ) : data.installs.length === 0 ? (
        <p className={styles.muted}>{isAll(scope) ? words.holdersNone : words.holdersTenant(scope)}</p>
      ) : (
        <ul className={styles.holders}>
          {data.installs.map((install) => (
            <li key={install.id}>
              <Link className={styles.link} to="/t/$scope/installs/$installId" params={{ scope: install.tenant, installId: install.id }}>
                {install.tenant}
              </Link>
              <span>
                {install.version}{' '}
                {!install.enabled && (
                  <Chip tone="paused">
                    <Mark of="disabled" word />
                  </Chip>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {data?.cut && <p className={styles.muted}>{words.holdersCut}</p>}
    </Panel>
  );
}
