import { describe, expect, it } from 'vitest';
import { isBelow, shownAt, template, type Column } from './column';
import { toggle } from './selection';
import { target } from './use-row-keys';

const columns: Column<object>[] = [
  { id: 'name', header: 'Name', size: 150, grow: 3, cell: () => null },
  { id: 'zone', header: 'Zone', size: 110, from: 1_000, cell: () => null },
];

describe('columns', () => {
  it('are shown from their width on', () => {
    expect(shownAt(columns, 999, false).map((column) => column.id)).toEqual(['name']);
    expect(shownAt(columns, 1_000, false).length).toBe(2);
  });
  it('go where they would not all fit, those first that want the most width', () => {
    const column = (id: string, size: number, from?: number): Column<object> => ({ id, header: id, size, cell: () => id, ...(from ? { from } : {}) });
    const many = [column('a', 500), column('b', 300, 700), column('c', 200, 990), column('d', 10, 900)];
    const ids = (width: number, selectable: boolean) => shownAt(many, width, selectable).map(({ id }) => id);
    expect(ids(1_010, false)).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(1_010, true)).toEqual(['a', 'b', 'd']);
    expect(ids(500, true)).toEqual(['a']);
  });
  it('take no width from the others while they have a line of their own', () => {
    const own = { ...columns[0], id: 'own', size: 400, below: 520 } as Column<object>;
    expect([519, 520].map((width) => isBelow(own, width))).toEqual([true, false]);
    expect(shownAt([...columns, own, { ...own, id: 'more', size: 100, below: 0, from: 200 }], 500, false).map(({ id }) => id)).toEqual(['name', 'own', 'more']);
  });
  it('have a line of their own up to a width, and a place among the others from another one on', () => {
    const both = { ...columns[1], id: 'both', below: 480, from: 900 } as Column<object>;
    expect([479, 480, 899, 900].map((width) => shownAt([columns[0] as Column<object>, both], width, false).length)).toEqual([2, 1, 1, 2]);
    expect(shownAt([{ ...columns[0], size: 600 } as Column<object>, both], 400, false).map(({ id }) => id)).toEqual(['name', 'both']);
  });
  it('are as wide as somebody made them, else as they say', () => {
    expect(template(columns, {}, true)).toBe('40px minmax(150px, 3fr) 110px');
    expect(template(columns, { name: 200 }, false)).toBe('200px 110px');
    expect(template([{ ...columns[1], most: 160 } as Column<object>], {}, false)).toBe('minmax(110px, 160px)');
  });
});

describe('toggle', () => {
  it('puts one in and takes it out', () => {
    const once = toggle({ all: false, ids: new Set() }, 'a', ['a', 'b']);
    expect([...once.ids]).toEqual(['a']);
    expect(toggle(once, 'a', ['a', 'b']).ids.size).toBe(0);
  });
  it('takes one out of all: what is shown stays, without it', () =>
    expect(toggle({ all: true, ids: new Set() }, 'a', ['a', 'b', 'c'])).toEqual({ all: false, ids: new Set(['b', 'c']) }));
});

describe('target', () => {
  it.each([
    ['j', 0, 1],
    ['ArrowDown', 9, 9],
    ['k', 0, 0],
    ['End', 0, 9],
    ['PageUp', 5, 0],
    ['Home', 5, 0],
  ])('%s from %d', (key, from, to) => expect(target(key, from, 10)).toBe(to));
  it('is nowhere for other keys and in an empty list', () => expect([target('q', 0, 10), target('j', 0, 0)]).toEqual([undefined, undefined]));
});
