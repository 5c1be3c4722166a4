import type { QueryClient } from '@tanstack/react-query';
import { backfillOf, occurrenceOf, withReading } from '../../api/audit';
import { holdBackfill, letBackfillGoOn } from '../../api/backfill';
import { deleteSchedule, restoreSchedule } from '../../api/change';
import { disable, enable, installQuery, restore, uninstall } from '../../api/installs';
import type { ScheduleAt } from '../../api/runs';
import { scheduleQuery } from '../../api/schedule';
import { readSchedule } from '../../api/seen';
import { refreshAll } from '../../app/refresh-all';
import { say } from '../../parts/feedback/toasts';
import { texts } from '../../texts';
import { unskip } from '../schedule/skips';
import { enableSchedule } from '../schedule/use-enabling';
import type { Acted } from './remedy';

/** A schedule, and the occurrence of it that is looked at. */
export type RemedyOf = { at: ScheduleAt; name: string; instant: string };

/** What was done: how it is said, how it is taken back, and what else that is a change of would be. */
type Done = { said: string; back?: (() => Promise<unknown>) | undefined; thing: string };
type Act = (of: RemedyOf, client: QueryClient) => Promise<Done>;

// As it was seen here, else as it is: whoever presses the button saw neither its etag nor more than the sentence.
const scheduleOf = async ({ at }: RemedyOf, client: QueryClient) => client.getQueryData(scheduleQuery(at).queryKey) ?? (await readSchedule(at));

const acts: Record<Acted, Act> = {
  'enable-schedule': async (of, client) => ({ ...(await enableSchedule(of.at, of.name, (await scheduleOf(of, client)).etag)), thing: of.at.scheduleId }),
  'take-skip-back': async (of, client) => {
    const { at, instant } = of;
    const schedule = await scheduleOf(of, client);
    return { ...(await unskip(at, schedule, instant, schedule.timezone)), thing: occurrenceOf(at.scheduleId, instant) };
  },
  'resume-backfill': async ({ at, name }) => {
    await letBackfillGoOn(at);
    return { said: texts.why.goesOn(name), back: () => holdBackfill(at), thing: backfillOf(at.scheduleId) };
  },
  'enable-install': async ({ at }, client) => {
    const { etag, extensionId } = await enable(at, (await client.fetchQuery(installQuery(at))).etag);
    return { said: texts.installs.disable.enabled(extensionId), back: () => disable(at, etag), thing: at.installId };
  },
  'restore-schedule': async ({ at }) => {
    const { etag, name, endpoint } = await restoreSchedule(at);
    return { said: texts.why.restored(name || endpoint), back: () => deleteSchedule(at, etag), thing: at.scheduleId };
  },
  'restore-install': async ({ at }) => {
    const { etag, extensionId } = await restore(at);
    return { said: texts.installs.gone.restored(extensionId), back: () => uninstall(at, etag), thing: at.installId };
  },
};

/** Carries out what needs nothing more than a press, says so, and offers to take it back. */
export async function carryOut(remedy: Acted, of: RemedyOf, client: QueryClient): Promise<void> {
  const { said, back, thing } = await acts[remedy](of, client);
  say(said, withReading(back, () => refreshAll(client)), thing);
  await refreshAll(client);
}
