import { Link } from '@tanstack/react-router';
import type { Install, Pause } from '../../api/types';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { layerOf } from '../../parts/paused/pauses';
import { PauseNotice } from '../../parts/paused/pause-notice';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './install.module.css';

const words = texts.installs.one;

type Props = { install: Install; pauses: readonly Pause[]; newer: string | undefined; goneBack: boolean };

/** What stands in its way, and that there is another version. */
export function Notices({ install, pauses, newer, goneBack }: Props) {
  const { tenant, id: installId } = install;
  return (
    <div className={styles.notices}>
      {!install.enabled && (
        <div className={styles.notice}>
          <Mark of="disabled">{words.disabled}</Mark>
        </div>
      )}
      {pauses.map((pause) => (
        // That of its own is ended by the button above.
        <PauseNotice key={pause.layer} pause={pause} of={pause.layer === 'install' ? undefined : layerOf(pause, { tenant, installId })} />
      ))}
      {newer && <div className={styles.notice}>{goneBack ? words.goneBack(newer) : words.newer(newer)}</div>}
    </div>
  );
}

export function FactsPanel({ install }: { install: Install }) {
  return (
    <Panel name={words.facts}>
      <dl className={styles.facts}>
        <div>
          <dt>{words.version}</dt>
          <dd>
            <Link
              className={styles.link}
              to="/t/$scope/extensions/$extensionId"
              params={{ scope: install.tenant, extensionId: install.extensionId }}
              search={{ version: install.version }}
            >
              {install.version}
            </Link>
          </dd>
        </div>
        {install.previousVersion && (
          <div>
            <dt>{words.before}</dt>
            <dd>{install.previousVersion}</dd>
          </div>
        )}
        <div>
          <dt>{words.installed}</dt>
          <dd>
            <When at={install.createdAt} />
          </dd>
        </div>
        <div>
          <dt>{words.changed}</dt>
          <dd>
            <When at={install.updatedAt} />
          </dd>
        </div>
        <div>
          <dt>{words.id}</dt>
          <dd>
            <code>{install.id}</code>
          </dd>
        </div>
      </dl>
      <p className={styles.note}>
        <Link className={styles.link} to="/t/$scope/audit" params={{ scope: install.tenant }} search={{ installId: install.id }}>
          {words.audit}
        </Link>{' '}
        ·{' '}
        <Link className={styles.link} to="/t/$scope/runs" params={{ scope: install.tenant }} search={{ installId: install.id }}>
          {words.runs}
        </Link>
      </p>
    </Panel>
  );
}
