import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { thingsOf } from '../../api/audit';
import { previewUndoIn, undoIn } from '../../api/audit-log';
import { Refused } from '../../api/problem';
import { scheduleQuery } from '../../api/schedule';
import type { Audit } from '../../api/types';
import { now } from '../../app/clock';
import { own } from '../../app/own';
import { refreshAll } from '../../app/refresh-all';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { Field } from '../../parts/form/field';
import { formatTime, knownZone } from '../../parts/time/format';
import { useShownZone } from '../../parts/time/preference';
import { texts } from '../../texts';
import { Values } from './values';

const words = texts.audit.undo;

type Preview = Awaited<ReturnType<typeof previewUndoIn>>;
type Difference = { field: string; then?: unknown; now?: unknown };
type Shown = { preview: Preview } | { since: Difference[] } | { name: string };

/** What stands in the way of an undo and can be said better than as a problem: what was changed since, and a name that is taken. */
async function look(scope: string, entry: Audit, name: string, signal: AbortSignal): Promise<Shown> {
  try {
    return { preview: await previewUndoIn(scope, entry.id, name || undefined, signal) };
  } catch (error) {
    if (error instanceof Refused && error.word === 'changed-since' && error.body.differences) {
      return { since: error.body.differences as Difference[] };
    }
    if (error instanceof Refused && error.errors.name) {
      return { name: error.errors.name };
    }
    throw error;
  }
}

/** What it was done to by name, and whose that is. */
function titleOf({ names, target, installId, tenant }: Audit): string {
  const name = own(names, target) ?? own(names, installId);
  const what = name && tenant ? texts.now.ofTenant(name, tenant) : (name ?? tenant);
  return what ? words.titleOf(what) : words.title;
}

/** Takes a change back, of a tenant's things or of the host: first what that would do. */
export function UndoEntryDialog({ scope, entry, onDone, onClose }: { scope: string; entry: Audit; onDone: () => void; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [taken, setTaken] = useState<string>();
  return (
    <PreviewDialog<Shown>
      title={titleOf(entry)}
      of={['undo-entry', entry.id, name]}
      form={
        taken !== undefined && (
          <Field label={words.name} hint={words.nameHint} value={name} onChange={setName} error={taken || undefined} maxLength={200} autoFocus />
        )
      }
      preview={async (signal) => {
        const shown = await look(scope, entry, name, signal);
        if ('name' in shown) {
          setTaken(shown.name);
        } else if (taken !== undefined) {
          setTaken('');
        }
        return shown;
      }}
      commit={(shown) => ('preview' in shown ? words.commit : undefined)}
      onCommit={async (shown) => {
        if ('preview' in shown) {
          await undoIn(scope, entry.id, shown.preview.token);
          say(words.done, undefined, thingsOf(entry));
          onDone();
          await refreshAll(client);
        }
      }}
      onClose={onClose}
    >
      {(shown) => {
        if ('preview' in shown) {
          return <Would scope={scope} entry={entry} preview={shown.preview} />;
        }
        return 'since' in shown ? <Since since={shown.since} /> : null;
      }}
    </PreviewDialog>
  );
}

function Would({ scope, entry, preview: { changes, nextDueAt, resume } }: { scope: string; entry: Audit; preview: Preview }) {
  const at = { tenant: scope, installId: entry.installId ?? '', scheduleId: entry.target ?? '' };
  const schedule = useQuery({ ...scheduleQuery(at), enabled: Boolean(nextDueAt), retry: false });
  const after = changes.find(({ field }) => field === 'timezone')?.after;
  const zone = useShownZone(knownZone(typeof after === 'string' ? after : schedule.data?.timezone));
  return (
    <>
      <p>{words.would}</p>
      <Values label={words.would} changes={changes} names={entry.names} before={words.now} after={texts.audit.entry.after} />
      {nextDueAt && <p>{words.next(`${formatTime(nextDueAt, zone, 'minute', now())} ${zone}`)}</p>}
      {resume && <p>{words.resume(resume.runs, resume.skipped)}</p>}
    </>
  );
}

function Since({ since }: { since: readonly Difference[] }) {
  return (
    <>
      <p>{words.since}</p>
      <Values
        label={words.since}
        changes={since.map(({ field, then, now: is }) => ({ field, before: then as never, after: is as never }))}
        before={words.then}
        after={words.now}
      />
    </>
  );
}
