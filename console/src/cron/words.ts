import { texts } from '../texts';
import { readCron } from './fields';

const known = new Map<string, string>();

/** An expression in words, or the expression itself where this does not understand it. The server's own words are in its previews. */
export function inWords(expression: string): string {
  let words = known.get(expression);
  if (words === undefined) {
    const fields = readCron(expression);
    words = fields ? texts.cron.words(fields) : expression;
    known.set(expression, words);
  }
  return words;
}
