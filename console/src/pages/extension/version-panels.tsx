import { useQuery } from '@tanstack/react-query';
import { versionQuery, type Version } from '../../api/extensions';
import { CompilationMark } from '../../parts/compilation';
import { Chip } from '../../parts/chip';
import { Unread } from '../../parts/feedback/unread';
import { Panel } from '../../parts/page/panel';
import { Sentence } from '../../parts/sentence';
import { formatReal } from '../../parts/time/real';
import { FromNow, When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './extension.module.css';

const words = texts.extensions.one;

/** What can be called in a version. */
export function EndpointsPanel({ version }: { version: Version }) {
  return (
    <Panel name={words.endpoints} note={words.endpointsNote(version.version)}>
      {version.endpoints.length === 0 ? (
        <p className={styles.muted}>{words.noEndpoints}</p>
      ) : (
        <ul className={styles.endpoints}>
          {version.endpoints.map((endpoint) => (
            <li key={endpoint.id}>
              <code>
                {endpoint.method} {endpoint.path}
              </code>{' '}
              {!endpoint.schedulable && <Chip>{words.notSchedulable}</Chip>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** When it was published, by whom, how far its compilation is, which bytes it is. */
export function FactsPanel({ version }: { version: Version }) {
  const { state, error, seconds, triedAgainAt, onThisNode } = version.compilation;
  return (
    <Panel name={words.facts} note={version.version}>
      <dl className={styles.facts}>
        <div>
          <dt>{words.state}</dt>
          <dd>
            <CompilationMark of={version} />
          </dd>
        </div>
        <div>
          <dt>{words.published}</dt>
          <dd>
            <When at={version.publishedAt} />
          </dd>
        </div>
        <div>
          <dt>{words.publisher}</dt>
          <dd>{version.publisher}</dd>
        </div>
        <div>
          <dt>{words.sha}</dt>
          <dd>
            <code>{version.sha256}</code>
          </dd>
        </div>
      </dl>
      <p className={styles.note}>
        {texts.extensions.stateHints[state]} {seconds != null && texts.extensions.took(formatReal(seconds * 1_000))}{' '}
        {state === 'compiled' && onThisNode === false && texts.extensions.away}
      </p>
      {error && (
        <pre className={styles.error} tabIndex={0}>
          {error}
        </pre>
      )}
      {triedAgainAt && (
        <p className={styles.note}>
          <Sentence of={texts.extensions.again} at={<FromNow at={triedAgainAt} />} />
        </p>
      )}
      <p className={styles.note}>{words.unsigned}</p>
    </Panel>
  );
}

export function CapabilitiesPanel({ version }: { version: Version }) {
  return (
    <Panel name={words.capabilities}>
      {version.capabilities.length === 0 ? (
        <p className={styles.muted}>{words.none}</p>
      ) : (
        <ul className={styles.endpoints}>
          {version.capabilities.map((capability) => (
            <li key={capability}>
              <code>{capability}</code>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The manifest as it was published; lists of versions do without. */
export function ManifestPanel({ version }: { version: Version }) {
  const { data, error, refetch } = useQuery(versionQuery(version.extensionId, version.version));
  return (
    <Panel name={words.manifest}>
      {!data ? (
        <Unread of={{ error, refetch }} rows={6} />
      ) : (
        <pre className={styles.manifest} tabIndex={0}>
          {JSON.stringify(data.manifest, undefined, 2)}
        </pre>
      )}
    </Panel>
  );
}
