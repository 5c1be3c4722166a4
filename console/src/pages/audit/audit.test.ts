import { describe, expect, it } from 'vitest';
import type { Audit } from '../../api/types';
import { readAll, toCsv, toNdjson } from './export';
import { isNarrow, readSearch, withNewest } from './search';

const entry = (id: string, more: Partial<Audit> = {}): Audit => ({
  id,
  at: `2026-11-29T10:00:0${id}.000Z`,
  actor: { kind: 'admin', id: 'mira' },
  action: 'schedule.pause',
  outcome: 'done',
  ...more,
});

describe('what of the audit stands in the address', () => {
  it('is read as texts, and what is unknown is left out', () => {
    expect(readSearch({ q: 'mira', changed: true, odd: 'x', actor: '' })).toEqual({ q: 'mira', changed: 'true' });
  });
  it('narrows when a filter is there, and not for following or an entry that is shown', () => {
    expect(isNarrow({ entry: 'i', follow: 'true' })).toBe(false);
    expect(isNarrow({ outcome: 'denied' })).toBe(true);
  });
});

describe('following', () => {
  it('puts new entries first and takes what counts on as it is now', () => {
    const rows = [entry('2', { count: 1 }), entry('1')];
    expect(withNewest([entry('3'), entry('2', { count: 4 })], rows)?.map(({ id, count }) => [id, count])).toEqual([
      ['3', undefined],
      ['2', 4],
      ['1', undefined],
    ]);
  });
  it('says when more came than was read', () => {
    expect(withNewest([entry('9'), entry('8')], [entry('2')])).toBeUndefined();
  });
});

describe('the export', () => {
  it('writes one line of JSON for each entry', () => {
    const lines = toNdjson([entry('1', { detail: 'two\nlines' }), entry('2')])
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: '1', detail: 'two\nlines' });
  });
  it('quotes what CSV needs quoted, and leaves spreadsheets no formula', () => {
    const [row] = toCsv([entry('1', { actor: { kind: 'admin', id: '=HYPERLINK("http://x")' }, detail: 'a, "b"' })]).split('\r\n');
    expect(row).toContain('"\'=HYPERLINK(""http://x"")"');
    expect(row).toContain('"a, ""b"""');
  });
  it('reads page by page to the end, and tells how far it is', async () => {
    const pages: Record<string, { items: Audit[]; nextCursor?: string }> = {
      start: { items: [entry('5'), entry('4')], nextCursor: 'b' },
      b: { items: [], nextCursor: 'c' },
      c: { items: [entry('3')] },
    };
    const told: number[] = [];
    const found = await readAll(
      async (cursor = 'start') => pages[cursor] ?? { items: [] },
      (n) => told.push(n),
      new AbortController().signal,
    );
    expect(found.map(({ id }) => id)).toEqual(['5', '4', '3']);
    expect(told).toEqual([2, 3]);
  });
});
