/** Numbers as a field of an expression: all of them as `*`, three and more in a row by their ends. */
export function fieldOf(values: Iterable<number>, all: number): string {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length === all) {
    return '*';
  }
  const runs: number[][] = [];
  for (const value of sorted) {
    const last = runs.at(-1);
    if (last?.at(-1) === value - 1) {
      last.push(value);
    } else {
      runs.push([value]);
    }
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${run[0]}-${run.at(-1)}`] : run.map(String))).join(',');
}
