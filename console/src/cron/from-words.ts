// Words that people type in place of an expression. What is not understood is left to the server, which says what is wrong with it.
const days: Record<string, string> = {
  sunday: '0',
  monday: '1',
  tuesday: '2',
  wednesday: '3',
  thursday: '4',
  friday: '5',
  saturday: '6',
  weekday: '1-5',
  'working day': '1-5',
  weekend: '0,6',
  day: '*',
  night: '*',
  morning: '*',
  evening: '*',
};
const ordinals: Record<string, number> = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5, tenth: 10, fifteenth: 15, twentieth: 20 };

type Clock = { hour: number; minute: number };

/** `every weekday at 9` as `0 9 * * 1-5`; undefined where the words say no time that this knows. */
export function fromWords(typed: string): string | undefined {
  const text = typed.toLowerCase().replaceAll(/[,.]/g, ' ').replaceAll(/\s+/g, ' ').trim();
  return interval(text) ?? daily(text) ?? monthly(text);
}

function interval(text: string): string | undefined {
  if (/^(every minute|minutely)$/.test(text)) {
    return '* * * * *';
  }
  if (/^(every hour|hourly)$/.test(text)) {
    return '0 * * * *';
  }
  const match = /^every (\d+|half|quarter) ?(?:of an |an )?(minutes?|min|m|hours?|h)$/.exec(text);
  if (!match) {
    return undefined;
  }
  const minutes = /^m/.test(match[2] ?? '');
  const count = match[1] === 'half' ? 0.5 : match[1] === 'quarter' ? 0.25 : Number(match[1]);
  const step = minutes ? count : count * 60;
  if (step < 60) {
    return Number.isInteger(step) && step >= 1 ? `*/${step} * * * *` : undefined;
  }
  const hours = step / 60;
  return Number.isInteger(hours) && hours <= 23 ? (hours === 1 ? '0 * * * *' : `0 */${hours} * * *`) : undefined;
}

function daily(text: string): string | undefined {
  const match = /^(?:every |each |on )?(.+?)s?(?: at| @)? (\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)?|noon|midnight)$/.exec(
    text.replace(/^daily\b/, 'every day').replace(/^nightly\b/, 'every night'),
  );
  const clock = match && clockOf(match[2] ?? '');
  const named = match && match[1]?.split(/ and | to | through |-/).map((word) => days[word.trim().replace(/s$/, '')] ?? days[word.trim()]);
  if (!clock || !named || named.length === 0 || named.some((day) => day === undefined)) {
    return undefined;
  }
  const range = named.length === 2 && / to | through |-/.test(match[1] ?? '');
  return `${clock.minute} ${clock.hour} * * ${range ? named.join('-') : named.join(',')}`;
}

function monthly(text: string): string | undefined {
  const match =
    /^(?:on )?the (\w+?)(?:st|nd|rd|th)?(?: day)?(?: of (?:the|each|every) month)?(?: at)? (\d{1,2}(?::\d{2})? ?(?:am|pm)?|noon|midnight)$/.exec(
      text,
    );
  const clock = match && clockOf(match[2] ?? '');
  // "first" ends as "1st" does, so the expression may have taken its end away.
  const word = match?.[1] ?? '';
  const date = ordinals[word] ?? ordinals[`${word}st`] ?? ordinals[`${word}nd`] ?? ordinals[`${word}rd`] ?? ordinals[`${word}th`] ?? Number(word);
  return clock && date >= 1 && date <= 31 ? `${clock.minute} ${clock.hour} ${date} * *` : undefined;
}

function clockOf(text: string): Clock | undefined {
  if (text === 'noon' || text === 'midnight') {
    return { hour: text === 'noon' ? 12 : 0, minute: 0 };
  }
  const match = /^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$/.exec(text);
  if (!match) {
    return undefined;
  }
  const said = Number(match[1]);
  const hour = match[3] ? (said % 12) + (match[3] === 'pm' ? 12 : 0) : said;
  const minute = Number(match[2] ?? 0);
  return hour <= 23 && minute <= 59 && (!match[3] || (said >= 1 && said <= 12)) ? { hour, minute } : undefined;
}
