/** A time of day. */
export type Clock = { hour: number; minute: number };

const one = String.raw`(?:noon|midday|midnight|\d{1,2}(?:[:.h]\d{2})?(?: ?(?:am|pm))?h?)`;

/** Times of day, as a piece of an expression: `9`, `9:30 pm`, `noon and 17h15`. */
export const clocks = `${one}(?: (?:and|or) (?:at )?${one})*`;

/** Whether it can be nothing but times: a bare number may as well be a date. */
export const isClearlyTimes = (text: string) => /[:.h]|am|pm|noon|midday|midnight/.test(text);

/** The times that are named, or undefined where one of them is none. */
export function readClocks(text: string): Clock[] | undefined {
  const read = text.split(/ (?:and|or) (?:at )?/).map(readClock);
  return read.every((clock) => clock !== undefined) ? read : undefined;
}

function readClock(text: string): Clock | undefined {
  if (text === 'midnight') {
    return { hour: 0, minute: 0 };
  }
  if (text === 'noon' || text === 'midday') {
    return { hour: 12, minute: 0 };
  }
  const match = /^(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm)?h?$/.exec(text);
  if (!match) {
    return undefined;
  }
  const said = Number(match[1]);
  const hour = match[3] ? (said % 12) + (match[3] === 'pm' ? 12 : 0) : said;
  const minute = Number(match[2] ?? 0);
  return hour <= 23 && minute <= 59 && (!match[3] || (said >= 1 && said <= 12)) ? { hour, minute } : undefined;
}
