/** Something that the extension's author can put right; its message says what. */
export class BuildProblem extends Error {
  name = 'BuildProblem';
}
