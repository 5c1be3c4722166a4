import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { withReading } from '../../api/audit';
import {
  disable,
  enable,
  endOfInstallPause,
  pauseInstall,
  previewEnd,
  restore,
  uninstall,
  type InstallAt,
} from '../../api/installs';
import { countToCome } from '../../api/to-come';
import type { Install } from '../../api/types';
import { refreshAll } from '../../app/refresh-all';
import { PauseForm, type PauseWish } from '../../parts/dialog/pause-form';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { ToCome } from '../../parts/dialog/to-come';
import { say } from '../../parts/feedback/toasts';
import { texts } from '../../texts';

const words = texts.installs;
const pausing = texts.schedule.dialogs.pause;

/** `more`: it has more schedules than were counted. */
type Props = { at: InstallAt; install: Install; schedules: number; more: boolean; onClose: () => void };

// What each does, and answers: how it is taken back.
const ends = {
  disable: {
    words: words.disable,
    text: () => <p>{words.disable.text}</p>,
    send: async (at: InstallAt, etag: string) => {
      const changed = await disable(at, etag);
      return () => enable(at, changed.etag);
    },
  },
  uninstall: {
    words: words.uninstall,
    text: (schedules: number, more: boolean) => (
      <>
        <p>{words.uninstall.schedules(schedules, more)}</p>
        <p>{words.uninstall.text}</p>
      </>
    ),
    send: async (at: InstallAt, etag: string) => {
      await uninstall(at, etag);
      return () => restore(at);
    },
  },
};

/** Disables or uninstalls: first what of it will not run any more; and offers to take that back. */
export function EndDialog({ how, at, install, schedules, more, onClose }: Props & { how: keyof typeof ends }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const end = ends[how];
  return (
    <PreviewDialog
      title={end.words.title(install.extensionId)}
      of={[how, at.installId]}
      preview={(signal) => previewEnd(at, signal)}
      commit={() => end.words.submit}
      look="danger"
      onClose={onClose}
      onCommit={async ({ etag }) => {
        const back = await end.send(at, etag);
        say(end.words.done(install.extensionId), withReading(back, () => refreshAll(client)), at.installId);
        if (how === 'uninstall') {
          await navigate({ to: '/t/$scope/installs', params: { scope: at.tenant } });
        }
        await refreshAll(client);
      }}
    >
      {(shown) => (
        <>
          <ToCome runs={shown.runs} underWay={shown.underWay} more={shown.more} />
          {end.text(schedules, more)}
        </>
      )}
    </PreviewDialog>
  );
}

export function PauseInstallDialog({ at, install, pauseEtag, onClose }: Props & { pauseEtag: string }) {
  const client = useQueryClient();
  const [etag] = useState(pauseEtag);
  async function send(wish: PauseWish): Promise<void> {
    const { pause, runsUnderWay } = await pauseInstall(at, wish, etag);
    const end = await endOfInstallPause(at, pause);
    say(runsUnderWay > 0 ? pausing.doneWithRuns : pausing.done, withReading(end, () => refreshAll(client)), at.installId);
    await refreshAll(client);
  }
  return (
    <PauseForm
      title={pausing.title(install.extensionId)}
      of={['install', at.installId]}
      count={(until, signal) => countToCome(at, signal, until)}
      onPause={send}
      onClose={onClose}
    />
  );
}
