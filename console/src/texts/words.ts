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

/** A sentence with names in it: `fill('Paused by {who}', { who })`. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, key: string) => {
    const value = values[key];
    return value === undefined ? place : typeof value === 'number' ? number(value) : value;
  });
}

const lists = new Intl.ListFormat(language, { type: 'conjunction' });
export const list = (items: readonly string[]) => lists.format(items);
