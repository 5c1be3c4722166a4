import type { Install, Run } from '../../api/types';

/**
 * The version that a run under way runs, which its row says once it has ended: the one that is installed, if nothing of the install was changed since it
 * started. Undefined where that is not known.
 */
export function installedFor(run: Pick<Run, 'installId' | 'state' | 'startedAt'>, installs: readonly Install[] | undefined): string | undefined {
  const install = installs?.find(({ id }) => id === run.installId);
  return install && run.state === 'running' && run.startedAt && Date.parse(install.updatedAt) < Date.parse(run.startedAt) ? install.version : undefined;
}
