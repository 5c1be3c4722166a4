import type { Command } from '../commands';

export type Found = { id: string; text: string; hint?: string; act: () => void };

/** Whether what was typed can be the id of something: a UUID. */
export const looksLikeId = (typed: string) => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(typed.trim());

/** The commands that hold every word that was typed; those that begin with it first. */
export function matching(commands: readonly Command[], typed: string): Found[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const begins = (command: Command) => command.text.toLowerCase().startsWith(typed.trim().toLowerCase());
  return commands
    .filter((command) => words.every((word) => command.text.toLowerCase().includes(word)))
    .sort((a, b) => Number(begins(b)) - Number(begins(a)));
}
