import { expect, it } from 'vitest';
import { visible, visibleJson } from './visible';

it('shows what turns the direction, takes no room or steers a terminal', () => {
  expect(visible('\u202egnp.exe payroll')).toBe('⟨U+202E⟩gnp.exe payroll');
  expect(visible('\u2067Ticket sync\u2066')).toBe('⟨U+2067⟩Ticket sync⟨U+2066⟩');
  expect(visible('\u200b')).toBe('⟨U+200B⟩');
  expect(visible('a\u001b[31mred\u0007\u0085\u007f')).toBe('a␛[31mred␇⟨U+0085⟩␡');
  expect(visible('one\rover')).toBe('one␍over');
});

it.each(['Ticket sync', 'é à ñ', 'தமிழ்', 'می\u200cخواهم', '👩\u200d👩\u200d👧 family', 'שלום', 'two\nlines\r\nand\ta tab'])('leaves %s as it is', (text) =>
  expect(visible(text)).toBe(text),
);

it('keeps as many marks upon a letter as languages have', () => {
  expect(visible(`a${'\u0301'.repeat(17)}b`)).toBe(`a${'\u0301'.repeat(4)}b`);
});

it('goes through an answer, whichever way a character is written in it', () => {
  expect(JSON.parse(visibleJson('{"items":[{"name":"\u202eabc","note":"\\u001b[0m","n":1.50}]}'))).toEqual({
    items: [{ name: '⟨U+202E⟩abc', note: '␛[0m', n: 1.5 }],
  });
});

it('leaves a payload the value that it is', () => {
  const payload = '{"text":"\u202eabc"}';
  const shown = (JSON.parse(visibleJson(JSON.stringify({ payload }))) as { payload: string }).payload;
  expect(shown).toBe('{"text":"\\u202eabc"}');
  expect(JSON.parse(shown)).toEqual(JSON.parse(payload));
});

it('hands an answer on as it is when there is nothing in it', () => {
  const json = '{ "name": "Ticket sync", "cron": "0 9 * * *" }';
  expect(visibleJson(json)).toBe(json);
});
