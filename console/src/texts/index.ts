import { en } from './en';
import { bare } from './words';

/** The console's texts. What a second language needs to change is this line. */
export const texts: typeof en = bare(en);

export { fill, language, list, listParts, number, plural } from './words';
