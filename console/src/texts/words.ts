// How texts with numbers are made: whole sentences, of which a language picks one by its own plural rules. Nothing is put together from pieces.
export const language = (typeof navigator === 'undefined' ? ['en-GB'] : navigator.languages).find((tag) => tag.startsWith('en')) ?? 'en-GB';

const rules = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

export const number = (value: number) => numbers.format(value);

// What a language has of them; `zero` for none is said whether its rules have it or not.
type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** The sentence for a number: `{n}` in it is the number, written as the language does. */
export function plural(n: number, forms: Forms): string {
  const form = n === 0 && forms.zero !== undefined ? forms.zero : (forms[rules.select(n)] ?? forms.other);
  return form.replaceAll('{n}', number(n));
}

// Letters that are read from the right. A name with them is set apart, or it would take the words and numbers beside it along.
const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const apart = (name: string) => (fromTheRight.test(name) ? `\u2068${name}\u2069` : name);

/** A sentence with names in it: `fill('Paused by {who}', { who })`. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, key: string) => {
    const value = values[key];
    return value === undefined ? place : typeof value === 'number' ? number(value) : apart(value);
  });
}

/**
 * The texts, without what every object has: many are named by a word of the server's or of an address, and `constructor` is the name of none. It changes
 * what it is given.
 */
export function bare<T extends object>(texts: T): T {
  Object.values(texts).forEach((value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      bare(value);
    }
  });
  return Object.setPrototypeOf(texts, null) as T;
}

const lists = new Intl.ListFormat(language, { type: 'conjunction' });
/** A list of so many, in pieces: what stands between, and the place of each. */
export const listParts = (count: number) => lists.formatToParts(Array.from({ length: count }, (_, at) => String(at)));
export const list = (items: readonly string[]) => lists.format(items);
