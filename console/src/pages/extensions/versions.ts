import type { Version } from '../../api/extensions';
import type { Extension, Install } from '../../api/types';

/** The versions of an extension, the one that was published last first. */
export const latestFirst = (versions: readonly Version[]) => [...versions].sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));

export type ListedExtension = { id: string; versions: Version[]; latest: Version; install: Install | undefined };

/** Extensions by name, with what a tenant has of them, as far as a search finds them. */
export function listed(extensions: readonly Extension[], installs: readonly Install[], q: string): ListedExtension[] {
  const wanted = q.trim().toLowerCase();
  return extensions
    .flatMap(({ id, versions }) => {
      const sorted = latestFirst(versions);
      const [latest] = sorted;
      return latest ? [{ id, versions: sorted, latest, install: installs.find((install) => install.extensionId === id) }] : [];
    })
    .filter(({ id, latest }) => !wanted || id.includes(wanted) || latest.publisher.toLowerCase().includes(wanted))
    .sort((a, b) => a.id.localeCompare(b.id));
}

/** Problems of a bundle by the part of it that they are of: `manifest.json`, `dist/main.wasm`, or the bundle as a whole. */
export function byPart<T extends { path: string }>(problems: readonly T[]): Array<{ part: string; problems: Array<T & { at: string }> }> {
  const parts = new Map<string, Array<T & { at: string }>>();
  for (const problem of problems) {
    const [part = '', at = ''] = problem.path.includes(':')
      ? [problem.path.slice(0, problem.path.indexOf(':')), problem.path.slice(problem.path.indexOf(':') + 1)]
      : [problem.path, ''];
    parts.set(part, [...(parts.get(part) ?? []), { ...problem, at: at.replace(/^\$\.?/, '') }]);
  }
  return [...parts].map(([part, found]) => ({ part, problems: found }));
}
