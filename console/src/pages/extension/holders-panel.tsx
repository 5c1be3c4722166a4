import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { holdersQuery } from '../../api/holders';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Chip } from '../../parts/chip';
import { Unread } from '../../parts/feedback/unread';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { texts } from '../../texts';
import { ofVersionFirst } from '../extensions/holding';
import styles from './extension.module.css';

const words = texts.extensions.one;

/** Which tenants have it, those first who have the version that is looked at. */
export function HoldersPanel({ scope, extensionId, version }: { scope: string; extensionId: string; version: string }) {
  const { seeAll } = useMay();
  const { data, error, refetch } = useQuery({ ...holdersQuery(scope, extensionId), enabled: !isAll(scope) || seeAll });
  const having = data?.installs.filter((install) => install.version === version).length ?? 0;
  if (isAll(scope) && !seeAll) {
    return null;
  }
  return (
    <Panel name={words.holders} note={data && data.installs.length > 0 && isAll(scope) ? words.holdersOf(having, data.installs.length, version) : undefined}>
      {!data ? (
        <Unread of={{ error, refetch }} rows={3} />
      ) : data.installs.length === 0 ? (
        <p className={styles.muted}>{isAll(scope) ? words.holdersNone : words.holdersTenant(scope)}</p>
      ) : (
        <ul className={styles.holders}>
          {ofVersionFirst(data.installs, version).map((install) => (
            <li key={install.id}>
              <Link className={styles.link} to="/t/$scope/installs/$installId" params={{ scope: install.tenant, installId: install.id }}>
                {install.tenant}
              </Link>
              <span className={install.version === version ? undefined : styles.muted}>
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
