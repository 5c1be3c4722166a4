import { useQueryClient } from '@tanstack/react-query';
import { undoOf, withReading } from '../../api/audit';
import { previewResumeLayer, resumeLayer, type LayerAt } from '../../api/layers';
import { listSchedules } from '../../api/schedules';
import type { ResumePreview } from '../../api/types';
import { refreshAll } from '../../app/refresh-all';
import { allTenants } from '../../app/scope-name';
import { useSession } from '../../app/session';
import { texts } from '../../texts';
import { ResumeForm } from '../dialog/resume-form';
import { say } from '../feedback/toasts';

const words = texts.schedule.dialogs.resume;

/** Ends the pause of an install, a tenant or the host: what that would run is shown first, and it can be taken back. */
export default function ResumeLayerDialog({ at, name, onClose }: { at: LayerAt; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const me = useSession().name;
  const scope = at.layer === 'host' ? allTenants : at.tenant;
  const target = at.layer === 'install' ? at.installId : at.layer === 'tenant' ? at.tenant : undefined;
  return (
    <ResumeForm
      title={at.layer === 'host' ? words.titleHost : at.layer === 'tenant' ? words.titleAll(name) : words.title(name)}
      of={['resume', at]}
      preview={async (onEnd) => {
        const shown = await previewResumeLayer(at, onEnd);
        return { ...shown, staying: shown.stayPaused > 0 ? await namesOf(scope, shown.each) : [] };
      }}
      onResume={async (preview) => {
        await resumeLayer(at, preview);
        const undo = preview.since ? await undoOf(scope, { target, by: me, fields: ['pause'], after: preview.since }) : undefined;
        say(words.done, withReading(undo, () => refreshAll(client)), target ?? scope);
        await refreshAll(client);
      }}
      onClose={onClose}
    />
  );
}

/** What those are called that another pause holds still. */
async function namesOf(scope: string, each: ResumePreview['each']): Promise<string[]> {
  const staying = new Set(each.filter(({ staysPaused }) => staysPaused).map(({ scheduleId }) => scheduleId));
  const { items } = await listSchedules(scope, { paused: 'schedule', limit: 100 });
  return items.filter(({ id }) => staying.has(id)).map(({ name, endpoint }) => name || endpoint);
}
