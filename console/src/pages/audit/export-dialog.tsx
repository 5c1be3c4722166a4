import { useRef, useState } from 'react';
import { listAudit, type AuditFilters } from '../../api/audit-log';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog/dialog';
import { Problem } from '../../parts/feedback/problem';
import { say } from '../../parts/feedback/toasts';
import { Choice } from '../../parts/form/choice';
import { formatTime } from '../../parts/time/format';
import { saveFile } from '../../parts/save-file';
import { texts } from '../../texts';
import { csvHead, readAll, toCsv, toNdjson, type ExportForm } from './export';
import { isNarrow } from './search';

const words = texts.audit.export;
const options = (of: Record<string, string>) => Object.entries(of).map(([value, text]) => ({ value, text }));

/** Reads the audit page by page, as far back as is wanted, and saves it as a file. */
export function ExportDialog({ scope, search, onClose }: { scope: string; search: AuditFilters; onClose: () => void }) {
  const [form, setForm] = useState<ExportForm>('ndjson');
  const [days, setDays] = useState('30');
  const [progress, setProgress] = useState<string>();
  const [error, setError] = useState<unknown>();
  const stop = useRef<AbortController>(undefined);
  const narrow = isNarrow(search);

  async function begin(): Promise<void> {
    const controller = new AbortController();
    stop.current = controller;
    setError(undefined);
    setProgress('');
    try {
      const from = days === 'all' ? undefined : new Date(now() - Number(days) * 86_400_000).toISOString();
      const entries = await readAll(
        (cursor, signal) => listAudit(scope, { ...search, from }, { cursor, limit: 200 }, signal),
        (read, back) => setProgress(words.read(read, texts.parts.time.utc(formatTime(back, 'UTC', 'minute', now())))),
        controller.signal,
      );
      const name = `audit-${isAll(scope) ? 'host' : scope}-${new Date(now()).toISOString().slice(0, 10)}.${form}`;
      saveFile(name, form === 'csv' ? 'text/csv' : 'application/x-ndjson', form === 'csv' ? csvHead + toCsv(entries) : toNdjson(entries));
      say(words.done(entries.length, name));
      onClose();
    } catch (failed) {
      setProgress(undefined);
      if (!controller.signal.aborted) {
        setError(failed);
      }
    }
  }
  const close = () => {
    stop.current?.abort();
    onClose();
  };
  return (
    <Dialog
      title={words.title}
      onClose={close}
      footer={
        progress === undefined ? (
          <>
            <Button onPress={close}>{texts.parts.dialog.cancel}</Button>
            <Button look="main" onPress={() => void begin()}>
              {words.submit}
            </Button>
          </>
        ) : (
          <Button onPress={() => stop.current?.abort()}>{words.stop}</Button>
        )
      }
    >
      <Choice label={words.form} value={form} options={options(words.forms)} onChange={(value) => setForm(value as ExportForm)} />
      <Choice label={words.since} value={days} options={options(words.sinces)} onChange={setDays} />
      <p>
        {narrow ? words.filtered : ''} {words.nothingKept}
      </p>
      <p role="status">{progress ?? ''}</p>
      {error !== undefined && <Problem error={error} compact />}
    </Dialog>
  );
}
