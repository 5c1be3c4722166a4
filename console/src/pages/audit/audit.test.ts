import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Audit } from '../../api/types';
import { readAll, toCsv, toNdjson } from './export';
import { about } from './columns';
import { detailOf, pauseSaid } from './said';
import { isNarrow, readSearch, withNewest } from './search';
import { Values } from './values';

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
  it('is of the known names alone', () => {
    const read = readSearch(JSON.parse('{"__proto__":{"polluted":1},"constructor":"x","outcome":"toString"}') as Record<string, unknown>);
    expect(Object.entries(read).filter(([, value]) => value !== undefined)).toEqual([]);
  });
});

describe('an entry', () => {
  it.each(['__proto__', 'constructor', 'toString'])('of a schedule that is called %s says so', (name) => {
    const changes = [{ field: 'name', before: 'daily', after: name }];
    expect(about(entry('1', { changes, names: { other: 'x' } }))).toContain(name);
    const value = renderToStaticMarkup(createElement(Values, { label: 'x', changes, names: { other: 'x' } }));
    expect(value).toContain(`<code>${name}</code>`);
  });
});

describe('a skip', () => {
  it('says of which time it is, and why', () => {
    const changes = [{ field: 'skips.2026-12-01T01:50:00.000Z', before: null, after: { note: 'a holiday' } }];
    expect(about(entry('1', { changes, detail: 'closed then: a holiday' }))).toBe('closed then: a holiday');
  });
});

describe('a pause', () => {
  it('says at its end what becomes of what came due meanwhile', () => {
    expect(detailOf(entry('1', { action: 'tenant.resume', detail: 'Next' }))).toBe('what came due meanwhile does not run');
    expect(about(entry('1', { action: 'schedule.resume', detail: 'Latest' }))).toBe('the latest of what came due meanwhile runs');
    expect(detailOf(entry('1', { action: 'tenant.pause', detail: 'Next' }))).toBe('Next');
  });
  it.each([
    ['schedule.update by mira: cron 0 8 * * * -> 0 3 * * *', 'changed a schedule, by mira: cron 0 8 * * * -> 0 3 * * *'],
    ['schedule.unheard-of by mira', 'schedule.unheard-of by mira'],
    ['as it was', 'as it was'],
  ])('says of an undo what it took back in words: %s', (detail, said) =>
    expect(detailOf(entry('1', { action: 'schedule.undo', detail }))).toBe(said));
  const asked = { note: 'move', until: '2026-12-01T06:00:00.000Z', onEnd: 'latest', cause: 'asked', by: 'mira', byOperator: true };
  it('is said in words, field by field', () => {
    const said = pauseSaid('pause', asked);
    expect(said?.[0]).toBe('“move”, by mira');
    expect(said?.[1]).toMatch(/^It ends by itself: .*1 Dec.* 06:00/);
    expect(said?.slice(2)).toEqual(['Of what comes due meanwhile the latest runs when it ends.', 'An operator paused it: operators alone end that.']);
    expect(pauseSaid('pause', { ...asked, until: null, byOperator: false })?.[1]).toBe('It ends when somebody resumes.');
    const shown = renderToStaticMarkup(createElement(Values, { label: 'x', changes: [{ field: 'pause', before: null, after: asked }] }));
    expect(shown).not.toContain('byOperator');
  });
  it('is no other field, and no other value', () => expect([pauseSaid('name', asked), pauseSaid('pause', null)]).toEqual([undefined, undefined]));
});

describe('a part of a change of many', () => {
  it('says that it is one, and why', () =>
    expect(about(entry('1', { detail: 'with many, 01a22c67-fb1e-7000-8000-000000000001: move' }))).toBe('in a change of many: move'));
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
  // How a spreadsheet reads a line whose cells end at a sign: a cell whose beginning is quoted goes on behind its quote as it stands.
  const cellsOf = (line: string, end: string) => {
    const cells = [''];
    let quoted = false;
    for (const [at, sign] of [...line].entries()) {
      if (sign === '"' && (quoted || cells.at(-1) === '' || line[at - 1] === '"')) {
        quoted = !quoted;
      } else if (sign === end && !quoted) {
        cells.push('');
      } else {
        cells.push(`${cells.pop()}${sign}`);
      }
    }
    return cells;
  };
  it.each([
    '=1+1', '+1', '-1', '@sum(A1)', '\t=1', '\r=1', '\n=1', '  =1', '\u00a0=1', '\ufeff=1', '＝1', '＋1', '－1', '＠x',
    'x;=1+1;', 'x; =1+1;', 'x;"=1+1";', 'x;""=1+1;', 'x\t=1+1\t', 'x,=1+1,', 'x\n=1+1\n', 'x\r\n;=1+1;', '"=1', '"";=1;', "';=1;",
  ])('leaves no formula in a cell or in a piece of one: %j', (name) => {
    const csv = toCsv([entry('1', { actor: { kind: 'admin', id: name }, detail: name, changes: [{ field: 'name', before: name, after: null }] })]);
    for (const line of [csv, ...csv.split(/[\r\n]/)]) {
      for (const end of [',', ';', '\t']) {
        expect(cellsOf(line, end).filter((cell) => /^[\s"\ufeff]*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
      }
    }
  });
  it('quotes every cell and changes no more than that', () => {
    expect(toCsv([entry('1', { detail: 'a-b; c=d, 3 + 4' })])).toBe(
      '"2026-11-29T10:00:01.000Z","","admin","mira","schedule.pause","done","","","a-b; c=d, 3 + 4","","","","1"\r\n',
    );
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
