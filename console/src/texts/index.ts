import { en } from './en';

/** The console's texts. What a second language needs to change is this line. */
export const texts: typeof en = en;

export { fill, language, list, number, plural } from './words';
