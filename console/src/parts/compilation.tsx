import type { Version } from '../api/extensions';
import { texts } from '../texts';
import { Mark, type Outcome } from './outcome/mark';

const words = texts.extensions;
const marks: Record<string, Outcome> = { pending: 'queued', compiling: 'running', compiled: 'succeeded', refused: 'failed' };

/** How far the compilation of a version is. */
export const CompilationMark = ({ of }: { of: Version }) => (
  <Mark of={marks[of.compilation.state] ?? 'never'}>{words.states[of.compilation.state] ?? of.compilation.state}</Mark>
);
