import { useSession } from '../../app/session';
import { Panel } from '../../parts/page/panel';
import { FromNow } from '../../parts/time/when';
import { list, texts } from '../../texts';
import styles from './access.module.css';

const words = texts.access.session;

/** Who this browser is to the host. */
export function SessionPanel() {
  const { name, role, tenants, endsAt } = useSession();
  return (
    <Panel name={words.title}>
      <dl className={styles.facts}>
        <div>
          <dt>{words.name}</dt>
          <dd>{name}</dd>
        </div>
        <div>
          <dt>{words.role}</dt>
          <dd>{texts.shell.roles[role] ?? role}</dd>
        </div>
        <div>
          <dt>{words.tenants}</dt>
          <dd>{tenants.includes('*') ? texts.access.allTenants : list(tenants)}</dd>
        </div>
        {endsAt && (
          <div>
            <dt>{words.ends}</dt>
            <dd>
              <FromNow at={endsAt} />
            </dd>
          </div>
        )}
      </dl>
      <p className={styles.note}>{endsAt ? words.endsHint : words.program}</p>
    </Panel>
  );
}
