// What a cron expression means, read as the server reads it: five fields of numbers, names, ranges, lists and steps.
const names: Record<string, readonly string[]> = {
  months: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

export type CronFields = { minutes: number[]; hours: number[]; dates: number[]; months: number[]; days: number[] };

/** The values of each field, or undefined for what this does not understand; whether it is right is for the server to say. */
export function readCron(expression: string): CronFields | undefined {
  const parts = expression.trim().split(/\s+/);
  const [minute, hour, date, month, day] = parts;
  if (parts.length !== 5 || !minute || !hour || !date || !month || !day) {
    return undefined;
  }
  const minutes = read(minute, 0, 59);
  const hours = read(hour, 0, 23);
  const dates = read(date, 1, 31);
  const months = read(month, 1, 12, names.months);
  const days = read(day, 0, 7, names.days, 0);
  return minutes && hours && dates && months && days
    ? { minutes, hours, dates, months, days: [...new Set(days.map((d) => d % 7))].sort((a, b) => a - b) }
    : undefined;
}

function read(field: string, least: number, most: number, words?: readonly string[], firstWord = 1): number[] | undefined {
  const values = new Set<number>();
  const end = most === 7 ? 6 : most;
  for (const part of field.toLowerCase().split(',')) {
    const match = /^(?:(\*)|([\da-z]+)(?:-([\da-z]+))?)(?:\/(\d+))?$/.exec(part);
    if (!match) {
      return undefined;
    }
    const number = (text: string) =>
      /^\d+$/.test(text) ? Number(text) : (words?.indexOf(text) ?? -1) < 0 ? Number.NaN : (words?.indexOf(text) ?? 0) + firstWord;
    const from = match[1] ? least : number(match[2] ?? '');
    const to = match[1] ? end : match[3] ? number(match[3]) : match[4] ? end : from;
    const step = match[4] ? Number(match[4]) : 1;
    if (!(from >= least && to <= most && from <= to && step >= 1)) {
      return undefined;
    }
    for (let value = from; value <= to; value += step) {
      values.add(value);
    }
  }
  return [...values].sort((a, b) => a - b);
}
