import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { removeForGood, restore, uninstalledQuery, type Uninstalled } from '../../api/installs';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { Unread } from '../../parts/feedback/unread';
import { Panel } from '../../parts/page/panel';
import { Sentence } from '../../parts/sentence';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './installs.module.css';

const words = texts.installs.gone;

/** What was uninstalled and can be restored. It is not there when there is nothing. */
export function GonePanel({ tenant }: { tenant: string }) {
  const client = useQueryClient();
  const may = useMay();
  const { data, error, refetch } = useQuery(uninstalledQuery(tenant));
  const [purging, setPurging] = useState<Uninstalled>();
  const [busy, setBusy] = useState<string>();
  const refresh = () =>
    Promise.all(['installs', 'uninstalled', 'tenants', 'holders', 'schedules'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  async function back(gone: Uninstalled): Promise<void> {
    setBusy(gone.id);
    try {
      await restore({ tenant, installId: gone.id });
      say(words.restored(gone.extensionId), undefined, gone.id);
      await refresh();
    } catch (refused) {
      sayProblem(refused);
    } finally {
      setBusy(undefined);
    }
  }
  // Most tenants have none of them, so nothing keeps their room while they are read.
  if (!data) {
    return error && <Unread of={{ error, refetch }} rows={0} />;
  }
  if (data.length === 0) {
    return null;
  }
  return (
    <Panel name={words.title} note={words.note} flush>
      <ul className={styles.gone}>
        {data.map((gone) => (
          <li key={gone.id}>
            <div>
              <strong>{gone.extensionId}</strong> {gone.version}
              <small>
                <Sentence
                  of={words.line(gone.schedules)}
                  by={gone.removedBy}
                  at={<FromNow at={gone.removedAt} />}
                  until={<FromNow at={gone.restorableUntil} />}
                />
              </small>
            </div>
            {may.change && (
              <span className={styles.buttons}>
                <Button isPending={busy === gone.id} onPress={() => void back(gone)}>
                  {words.restore}
                </Button>
                <Button look="quiet" onPress={() => setPurging(gone)}>
                  {words.purge}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {purging && (
        <FormDialog
          title={words.purgeTitle(purging.extensionId)}
          submit={words.purgeSubmit}
          look="danger"
          onClose={() => setPurging(undefined)}
          onSubmit={async () => {
            await removeForGood({ tenant, installId: purging.id });
            say(words.purged(purging.extensionId), undefined, purging.id);
            await refresh();
          }}
        >
          <p>{texts.installs.uninstall.schedules(purging.schedules, false)}</p>
          <p>{words.purgeText}</p>
        </FormDialog>
      )}
    </Panel>
  );
}
