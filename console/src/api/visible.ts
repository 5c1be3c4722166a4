// What an extension or an admin wrote is shown as it is, but for what nobody sees: characters that turn the direction of what follows, take no room, or
// steer a terminal. Two names that look alike are not shown alike, and a name of nothing but such is not empty.

// What takes no room or turns a direction; joiners that emoji and scripts need are not among them.
const invisible = [
  String.raw`\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e`,
  String.raw`\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb`,
].join('');

// Those, and controls but tab and the ends of lines.
const unseen = new RegExp(String.raw`[\0-\x08\x0b\x0c\x0e-\x1f${invisible}]|\r(?!\n)`, 'g');

// As they stand in JSON, where controls are written by their codes; a quick look that may find too much.
const suspect = new RegExp(String.raw`[${invisible}]|\\[bfru]|\p{M}{5}`, 'u');

// More marks upon one letter than any language has would lie over the lines above.
const heaped = /(\p{M}{4})\p{M}+/gu;

const codeOf = (char: string) => char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

// Controls have pictures: U+241B is that of escape.
const pictureOf = (char: string) => {
  const code = char.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : `⟨U+${codeOf(char)}⟩`;
};

/** A text with everything in it to be seen. */
export const visible = (text: string): string => text.replace(unseen, pictureOf).replace(heaped, '$1');

// JSON itself has a way to write them, and stays the same value.
const inJson = (text: string) => text.replace(unseen, (char) => `\\u${codeOf(char).toLowerCase()}`);

const shownOf = (key: string, value: unknown): unknown =>
  typeof value !== 'string' ? value : key === 'payload' ? inJson(value) : visible(value);

/** An answer's JSON with every text in it to be seen: the same text where there is nothing to do, which is soon found out. */
export const visibleJson = (json: string): string => (suspect.test(json) ? JSON.stringify(JSON.parse(json, shownOf)) : json);
