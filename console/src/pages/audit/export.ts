import type { Audit, Page } from '../../api/types';

export type ExportForm = 'ndjson' | 'csv';

/** The entries as they are, one JSON text a line. */
export const toNdjson = (entries: readonly Audit[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

const columns = ['at', 'tenant', 'actorKind', 'actor', 'action', 'outcome', 'target', 'installId', 'detail', 'count', 'changes', 'undoes', 'id'] as const;

/** The entries as a table; their changes are JSON in one cell. */
export const csvHead = `${columns.join(',')}\r\n`;

export function toCsv(entries: readonly Audit[]): string {
  return entries
    .map((entry) => {
      const row: Record<(typeof columns)[number], unknown> = {
        at: entry.at,
        tenant: entry.tenant,
        actorKind: entry.actor.kind,
        actor: entry.actor.id,
        action: entry.action,
        outcome: entry.outcome,
        target: entry.target,
        installId: entry.installId,
        detail: entry.detail,
        count: entry.count,
        changes: entry.changes ? JSON.stringify(entry.changes) : undefined,
        undoes: entry.undoes,
        id: entry.id,
      };
      return `${columns.map((column) => cell(row[column])).join(',')}\r\n`;
    })
    .join('');
}

// Where a cell begins, or would in a spreadsheet that has cells end at semicolons or tabs, as those of many countries do; and, behind blanks and quotes that
// it may take away, what begins a formula, of the wide signs too.
const formula = /(?:^|[,;\t\r\n])[\s"'\u200b\ufeff]*(?=[=+\-@＝＋－＠])/g;

/** A cell. What a spreadsheet would take for a formula is made text: names and notes are anybody's to choose. NDJSON has all as it is. */
function cell(value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value);
  const safe = text.replace(formula, (before) => `${before}'`).replace(/^[\t\r\n]/, "'$&");
  return `"${safe.replaceAll('"', '""')}"`;
}

type Read = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Audit>>;

/** All entries that a list has, page by page; newest first, as the API has them. `told` hears how far it is. */
export async function readAll(read: Read, told: (read: number, back: string) => void, signal: AbortSignal): Promise<Audit[]> {
  const found: Audit[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<Audit> = await read(cursor, signal);
    signal.throwIfAborted();
    found.push(...page.items);
    const last = page.items.at(-1);
    if (last) {
      told(found.length, last.at);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}
