import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { withReading } from '../../api/audit';
import { consentQuery, grant, type InstallAt } from '../../api/installs';
import type { Install } from '../../api/types';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { say } from '../../parts/feedback/toasts';
import { Unread } from '../../parts/feedback/unread';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { Sentence } from '../../parts/sentence';
import { FromNow } from '../../parts/time/when';
import { list, texts } from '../../texts';
import { ConsentFields, RiskChip } from '../installs/consent-fields';
import { given } from '../installs/grants';
import styles from './install.module.css';

const words = texts.installs.grants;

/** What it asked for, in sentences, what of that it was given, and what it has used: what it never did can be taken back. */
export function GrantsPanel({ at, install }: { at: InstallAt; install: Install }) {
  const may = useMay();
  const consent = useQuery(consentQuery(at.tenant, install.extensionId, install.version));
  const [changing, setChanging] = useState(false);
  const asked = consent.data?.capabilities ?? [];
  return (
    <Panel name={words.title} actions={may.change && asked.length > 0 && <Button onPress={() => setChanging(true)}>{words.change}</Button>} flush>
      {!consent.data ? (
        <Unread of={consent} rows={2 + install.capabilities.length} />
      ) : asked.length === 0 ? (
        <p className={styles.pad}>{texts.installs.consent.nothing}</p>
      ) : (
        <ul className={styles.rows}>
          {asked.map((one) => {
            const has = one.alwaysGranted || one.granted;
            return (
              <li key={one.capability}>
                <span>
                  {one.sentence} <code className={styles.muted}>{one.capability}</code>
                </span>
                <span className={styles.end}>
                  {(one.lastUsedAt || one.granted) && (
                    <small>
                      {one.lastUsedAt ? <Sentence of={words.lastUsed} at={<FromNow at={one.lastUsedAt} />} /> : words.neverUsed}
                    </small>
                  )}
                  <RiskChip of={one.risk} />
                  {one.alwaysGranted ? (
                    <Chip>{texts.installs.consent.always}</Chip>
                  ) : (
                    <Mark of={has ? 'succeeded' : 'disabled'}>{has ? words.given : words.notGiven}</Mark>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {consent.data && consent.data.noLongerAsked.length > 0 && (
        <p className={styles.pad}>{texts.installs.consent.noLonger(list(consent.data.noLongerAsked))}</p>
      )}
      {changing && consent.data && <GrantsDialog at={at} install={install} asked={asked} onClose={() => setChanging(false)} />}
    </Panel>
  );
}

function GrantsDialog({ at, install, asked, onClose }: { at: InstallAt; install: Install; asked: Parameters<typeof given>[0]; onClose: () => void }) {
  const client = useQueryClient();
  // As it was when the ticks were set: a grant that somebody made or took back since then is refused, not written over.
  const [opened] = useState(install);
  const [chosen, setChosen] = useState(() => given(asked, opened.capabilities));
  async function submit(): Promise<void> {
    const refresh = () => Promise.all(['install', 'installs', 'consent'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    const always = asked.filter(({ alwaysGranted }) => alwaysGranted).map(({ capability }) => capability);
    const changed = await grant(at, [...new Set([...always, ...chosen])], opened.etag);
    say(words.done, withReading(() => grant(at, [...opened.capabilities], changed.etag), refresh), at.installId);
    await refresh();
  }
  const taken = [...given(asked, opened.capabilities)].filter((capability) => !chosen.has(capability));
  return (
    <FormDialog
      title={words.dialog(install.extensionId)}
      submit={words.submit(chosen.size)}
      look={taken.length > 0 ? 'danger' : 'main'}
      wide
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{words.effect}</p>
      <ConsentFields asked={asked} chosen={chosen} onChange={setChosen} />
      {taken.length > 0 && <p role="status">{words.taken(list(taken))}</p>}
    </FormDialog>
  );
}
