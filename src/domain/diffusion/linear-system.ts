/**
 * Solves a small dense system by Gaussian elimination with partial pivoting.
 * @param matrix square, row by row
 */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    bringLargestUp(rows, column);
    for (let row = column + 1; row < size; row++) eliminate(rows[column]!, rows[row]!, column);
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const known = solution.reduce((sum, value, column) => sum + value * rows[row]![column]!, 0);
    solution[row] = (rows[row]![size]! - known) / rows[row]![row]!;
  }
  return solution;
}

function bringLargestUp(rows: number[][], column: number): void {
  let largest = column;
  for (let row = column + 1; row < rows.length; row++) {
    if (Math.abs(rows[row]![column]!) > Math.abs(rows[largest]![column]!)) largest = row;
  }
  [rows[column], rows[largest]] = [rows[largest]!, rows[column]!];
}

function eliminate(pivot: readonly number[], row: number[], column: number): void {
  const factor = row[column]! / pivot[column]!;
  for (let at = column; at < row.length; at++) row[at] = row[at]! - factor * pivot[at]!;
}
