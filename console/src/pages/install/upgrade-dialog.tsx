import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { withReading } from '../../api/audit';
import type { Version } from '../../api/extensions';
import { installQuery, previewRollback, previewUpgrade, rollBack, upgrade, type InstallAt, type UpgradePreview } from '../../api/installs';
import type { Install } from '../../api/types';
import { now } from '../../app/clock';
import { refreshAll } from '../../app/refresh-all';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { Mark } from '../../parts/outcome/mark';
import { Choice } from '../../parts/form/choice';
import { Tick } from '../../parts/form/tick';
import { Chip } from '../../parts/chip';
import { formatRelative } from '../../parts/time/format';
import { list, texts } from '../../texts';
import { ConsentFields } from '../installs/consent-fields';
import { byFate, granted, lost } from '../installs/grants';
import styles from './install.module.css';

const words = texts.installs.upgrade;
const most = 12;

type Seen = UpgradePreview & { etag: string };

type Props = {
  at: InstallAt;
  install: Install;
  versions: readonly Version[];
  /** The version that it can be rolled back to. */
  earlier: string | undefined;
  /** The version that is chosen at first; without one it is rolled back. */
  first: string | undefined;
  /** The version that it went back from. */
  goneBack: string | undefined;
  onClose: () => void;
};

/** To another version, or back to the one before: what becomes of schedules and grants, and consent to what is new. */
export function UpgradeDialog({ at, install, versions, earlier, first, goneBack, onClose }: Props) {
  const client = useQueryClient();
  const [before] = useState(earlier ?? '');
  const [version, setVersion] = useState(first ?? before);
  const back = version === before;
  const [picked, setPicked] = useState<ReadonlySet<string>>();
  const [hold, setHold] = useState(false);
  const name = install.extensionId;
  const asksOf = (preview: UpgradePreview) => [...preview.newCapabilities, ...preview.returningCapabilities];
  const chosenOf = (preview: UpgradePreview) =>
    picked ?? new Set([...granted(preview.newCapabilities), ...preview.returningCapabilities.map((one) => one.capability)]);

  async function commit(preview: Seen): Promise<void> {
    const asked = asksOf(preview);
    const chosen = chosenOf(preview);
    const kept = preview.keptCapabilities.filter((kept) => !asked.some((one) => one.capability === kept));
    const capabilities =
      asked.length > 0
        ? [...kept, ...asked.filter((one) => one.alwaysGranted || chosen.has(one.capability)).map((one) => one.capability)]
        : undefined;
    const from = install.version;
    const change = { previewToken: preview.token, ...(capabilities ? { capabilities } : {}), ...(hold ? { hold } : {}) };
    const changed = await (back ? rollBack : upgrade)(at, change, preview.etag);
    const refresh = () => refreshAll(client);
    // Going back asks for no consent, and going on again has what was granted; both are refused by themselves where schedules would lose their endpoint.
    const undoUpgrade = async () => {
      const shown = await previewRollback(at);
      if (shown.toVersion === from) {
        await rollBack(at, { previewToken: shown.token }, changed.etag);
      }
    };
    const undoRollBack = async () => {
      const { token } = await previewUpgrade(at, from);
      await upgrade(at, { previewToken: token, capabilities: install.capabilities }, changed.etag);
    };
    say(words.done(name, preview.toVersion), withReading(back ? undoRollBack : undoUpgrade, refresh), at.installId);
    await refresh();
  }
  return (
    <PreviewDialog<Seen>
      title={back ? words.backTitle(name, before) : words.title(name)}
      of={['upgrade', at.installId, version]}
      form={
        first !== undefined && (
          <Choice
            label={words.version}
            value={version}
            onChange={(value) => {
              setVersion(value);
              setPicked(undefined);
              setHold(false);
            }}
            options={versions.map((one) => ({
              value: one.version,
              text: one.version === before ? words.back(before) : one.version,
              hint: one.compilation.state === 'refused' ? words.refused : words.published(formatRelative(one.publishedAt, now())),
            }))}
          />
        )
      }
      preview={async () => {
        // Read before the preview: what changes in between is refused, and another look has the newer one.
        const { etag } = await client.fetchQuery({ ...installQuery(at), staleTime: 0 });
        return { ...(await (back ? previewRollback(at) : previewUpgrade(at, version))), etag };
      }}
      commit={(preview) => (preview.canCommit || hold ? (back ? words.back : words.commit)(preview.toVersion) : undefined)}
      onCommit={commit}
      onClose={onClose}
    >
      {(preview) => (
        <>
          {goneBack === version && (
            <p>
              <Mark of="missed">{texts.installs.one.goneBack(version)}</Mark>
            </p>
          )}
          <p>
            {words.from(preview.fromVersion, preview.toVersion)} {words.kept(preview.keptCapabilities.length)}
          </p>
          {asksOf(preview).length > 0 && (
            <div>
              <p>{back ? words.returning : words.new}</p>
              <ConsentFields asked={asksOf(preview)} chosen={chosenOf(preview)} onChange={setPicked} />
            </div>
          )}
          {preview.goneCapabilities.length > 0 && (
            <p>
              {words.gone} <code>{list(preview.goneCapabilities)}</code>
            </p>
          )}
          <Fates preview={preview} />
          {!preview.canCommit && (
            <div className={styles.hold}>
              <p>{words.cannot}</p>
              <Tick isSelected={hold} onChange={setHold}>
                {words.hold(lost(preview))}
              </Tick>
            </div>
          )}
        </>
      )}
    </PreviewDialog>
  );
}

function Fates({ preview }: { preview: UpgradePreview }) {
  const schedules = byFate(preview);
  const shown = schedules.filter(({ fate }, at) => fate !== 'follows' || at < most);
  if (schedules.length === 0) {
    return <p className={styles.muted}>{words.noSchedules}</p>;
  }
  return (
    <div>
      <h3>{words.schedules}</h3>
      <ul className={styles.fates} tabIndex={0}>
        {shown.map((schedule) => (
          <li key={schedule.id}>
            <span>
              <strong>{schedule.name || schedule.endpoint}</strong> <code className={styles.muted}>{schedule.endpoint}</code>
            </span>
            <span>
              {schedule.fate === 'follows' ? (
                words.fates.follows
              ) : (
                <Chip tone={schedule.fate === 'returns' ? 'accent' : 'failed'}>{words.fates[schedule.fate] ?? schedule.fate}</Chip>
              )}{' '}
              <small className={styles.muted}>{words.week(schedule.nextSevenDays)}</small>
            </span>
          </li>
        ))}
        {schedules.length > shown.length && <li className={styles.muted}>{words.more(schedules.length - shown.length)}</li>}
      </ul>
    </div>
  );
}
