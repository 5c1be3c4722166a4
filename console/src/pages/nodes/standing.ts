import type { Node, Outage } from '../../api/types';
import type { Outcome } from '../../parts/outcome/mark';

const day = 86_400_000;

/** What of the nodes matters now: those that are up, and of the others what went within a day. A process that starts again is another node of the same name. */
export function split(nodes: readonly Node[], now: number): { current: Node[]; old: Node[] } {
  const lost = lostOf(nodes);
  const rank = (node: Node) => (lost.includes(node) ? 0 : node.state === 'draining' ? 1 : node.state === 'up' ? 2 : 3);
  const sorted = [...nodes].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || b.startedAt.localeCompare(a.startedAt));
  const isCurrent = (node: Node) => node.state === 'up' || node.state === 'draining' || now - Date.parse(node.stoppedAt ?? node.seenAt) < day;
  return { current: sorted.filter(isCurrent), old: sorted.filter((node) => !isCurrent(node)) };
}

/** The shape of each state that a node can be in. */
export const marks: Record<string, Outcome> = { up: 'succeeded', draining: 'abandoned', silent: 'failed', stopped: 'disabled' };

/** Those that are there, also while they drain, and those that were lost. */
export const presentOf = (nodes: readonly Node[]): Node[] => [...nodes.filter(({ state }) => state === 'up' || state === 'draining'), ...lostOf(nodes)];

/** Those among them that fire when they take work, and take none. */
export const idleOf = (nodes: readonly Node[]): Node[] => presentOf(nodes).filter(({ state, slots }) => state !== 'up' && slots > 0);

/** Nodes that were lost and not started again under their name since. */
export function lostOf(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => node.state === 'silent' && !nodes.some((other) => other.name === node.name && other.startedAt > node.startedAt));
}

/** Outages that follow one another at once are one to whoever reads of them. */
export function joined(outages: readonly Outage[]): Outage[] {
  const found: Outage[] = [];
  for (const outage of [...outages].sort((a, b) => b.from.localeCompare(a.from))) {
    const later = found.at(-1);
    if (later && later.from <= outage.to) {
      found[found.length - 1] = { ...outage, to: later.to > outage.to ? later.to : outage.to, node: later.node };
    } else {
      found.push(outage);
    }
  }
  return found;
}
