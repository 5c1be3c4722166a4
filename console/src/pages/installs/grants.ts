import type { Asked, UpgradePreview } from '../../api/installs';
import type { Version } from '../../api/extensions';
import type { Install } from '../../api/types';
import { latestFirst } from '../extensions/versions';

/** What is ticked at first: what cannot do harm. Whatever can is chosen by whoever grants it. */
export const granted = (asked: readonly Asked[]): ReadonlySet<string> =>
  new Set(asked.filter(({ risk }) => risk === 'low').map(({ capability }) => capability));

/** What of an install's grants a version asks for: by the install itself, for its etag is sent with the change and stands for no other reading. */
export const given = (asked: readonly Asked[], has: readonly string[]): ReadonlySet<string> =>
  new Set(asked.filter((one) => has.includes(one.capability) && !one.alwaysGranted).map(({ capability }) => capability));

/** Versions that an install can be changed to, the one that was published last first. */
export const others = (versions: readonly Version[], installed: string) => latestFirst(versions).filter(({ version }) => version !== installed);

/** The version that was published after the one that is installed, if there is one. */
export function newerThan(versions: readonly Version[], installed: string): Version | undefined {
  const own = versions.find(({ version }) => version === installed);
  const [latest] = latestFirst(versions);
  return latest && latest.version !== installed && (!own || latest.publishedAt > own.publishedAt) ? latest : undefined;
}

/** The version to roll back to: the one before, unless it is the newer one, to which an upgrade leads. */
export function earlierThan(versions: readonly Version[], { version, previousVersion }: Pick<Install, 'version' | 'previousVersion'>): string | undefined {
  const at = (one: string | null | undefined) => versions.find((known) => known.version === one)?.publishedAt;
  const [own, before] = [at(version), at(previousVersion)];
  return previousVersion && !(own && before && before > own) ? previousVersion : undefined;
}

/** The version that it went back from: the one before, where that was published later. */
export const goneBackFrom = (versions: readonly Version[], install: Pick<Install, 'version' | 'previousVersion'>): string | undefined =>
  earlierThan(versions, install) === undefined ? (install.previousVersion ?? undefined) : undefined;

type Fates = Pick<UpgradePreview, 'schedules'>;
const order = ['lost', 'stays-gone', 'returns', 'follows'];

/** The schedules of an upgrade, what goes wrong with them first. */
export const byFate = ({ schedules }: Fates) => [...schedules].sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate));

export const lost = ({ schedules }: Fates) => schedules.filter(({ fate }) => fate === 'lost').length;
