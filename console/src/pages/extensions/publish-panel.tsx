import { Link } from '@tanstack/react-router';
import { Button as AriaButton } from 'react-aria-components/Button';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import type { DropItem } from 'react-aria-components/ListBox';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Text } from 'react-aria-components/Text';
import type { ManifestProblem } from '../../api/extensions';
import { Refused } from '../../api/problem';
import { IconButton } from '../../parts/button';
import { Problem } from '../../parts/feedback/problem';
import { Mark, type Outcome } from '../../parts/outcome/mark';
import { texts } from '../../texts';
import styles from './extensions.module.css';
import { addFolder, addUploads, removeUpload, useUploads, type Upload } from './uploads';
import { byPart } from './versions';

const words = texts.extensions.publish;
const marks: Record<Upload['state'], Outcome> = {
  waiting: 'queued',
  sending: 'running',
  checking: 'running',
  published: 'succeeded',
  refused: 'failed',
  stopped: 'disabled',
  folder: 'skipped',
};

async function take(items: readonly DropItem[]): Promise<void> {
  items.filter((item) => item.kind === 'directory').forEach(({ name }) => addFolder(name));
  addUploads(await Promise.all(items.filter((item) => item.kind === 'file').map((item) => item.getFile())));
}

/** Where bundles are dropped, pasted or picked, and what becomes of each. */
export function PublishPanel({ scope }: { scope: string }) {
  const uploads = useUploads();
  return (
    <>
      <DropZone
        className={styles.drop}
        aria-label={words.drop}
        onDrop={({ items }) => void take(items)}
      >
        <Text slot="label">{words.drop}</Text>
        <FileTrigger allowsMultiple onSelect={(picked) => picked && addUploads([...picked])}>
          <AriaButton className={styles.pick}>{words.pick}</AriaButton>
        </FileTrigger>
        <small>{words.hint}</small>
      </DropZone>
      {uploads.length > 0 && (
        <ul className={styles.uploads} aria-label={words.region} aria-live="polite">
          {uploads.toReversed().map((upload) => (
            <UploadItem key={upload.id} upload={upload} scope={scope} />
          ))}
        </ul>
      )}
    </>
  );
}

function UploadItem({ upload, scope }: { upload: Upload; scope: string }) {
  const { id, name, state, version, fresh, error } = upload;
  const under = state === 'sending' || state === 'waiting' || state === 'checking';
  const problems = error instanceof Refused ? (error.body.problems ?? []) : [];
  return (
    <li className={styles.upload}>
      <div className={styles.line}>
        <Mark of={marks[state]}>
          <strong>{version ? `${version.extensionId} ${version.version}` : name}</strong>{' '}
          {state === 'published' && !fresh ? words.same : words.states[state]}
        </Mark>
        {state !== 'folder' && <small>{words.size(upload.bytes)}</small>}
        {version && (
          <Link
            className={styles.link}
            to="/t/$scope/extensions/$extensionId"
            params={{ scope, extensionId: version.extensionId }}
            search={{ version: version.version }}
          >
            {words.open}
          </Link>
        )}
        <IconButton name={under ? words.stop(name) : words.dismiss(name)} onPress={() => removeUpload(id)}>
          ✕
        </IconButton>
      </div>
      {(state === 'sending' || state === 'checking') && (
        <ProgressBar aria-label={words.progress(name)} value={upload.part * 100} className={styles.progress}>
          {({ percentage }) => (
            <span className={styles.track}>
              <span style={{ width: `${percentage ?? 0}%` }} />
            </span>
          )}
        </ProgressBar>
      )}
      {problems.length > 0 ? (
        <>
          <p>{words.problems(problems.length)}</p>
          <Problems of={problems} />
        </>
      ) : (
        error !== undefined && <Problem error={error} compact />
      )}
      {version?.warnings && version.warnings.length > 0 && (
        <>
          <p>{words.warnings(version.warnings.length)}</p>
          <Problems of={version.warnings} />
        </>
      )}
    </li>
  );
}

/** Every problem of a bundle, by the part of it that has it. */
function Problems({ of }: { of: readonly ManifestProblem[] }) {
  return byPart(of).map(({ part, problems }) => (
    <div key={part} className={styles.part}>
      <strong>
        <code>{part || words.whole}</code>
      </strong>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.code} ${problem.message}`}>
            {problem.at && <code>{problem.at}</code>} {problem.message}
          </li>
        ))}
      </ul>
    </div>
  ));
}
