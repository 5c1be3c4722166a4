/** Where a key leads in a grid of so many rows and columns; undefined for a key that moves nothing. */
export function moved(
  key: string,
  ctrl: boolean,
  { row, column }: { row: number; column: number },
  rows: number,
  columns: number,
): { row: number; column: number } | undefined {
  const within = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));
  switch (key) {
    case 'ArrowLeft':
      return column > 0 ? { row, column: column - 1 } : { row: within(row - 1, rows), column: row > 0 ? columns - 1 : 0 };
    case 'ArrowRight':
      return column < columns - 1 ? { row, column: column + 1 } : { row: within(row + 1, rows), column: row < rows - 1 ? 0 : columns - 1 };
    case 'ArrowUp':
      return { row: within(row - 1, rows), column };
    case 'ArrowDown':
      return { row: within(row + 1, rows), column };
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrl ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}
