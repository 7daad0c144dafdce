/**
 * The one-to-one assignment with the largest total weight (Hungarian algorithm, cubic time).
 * `weights[row][column]`; null forbids a pair. Rows and columns may stay alone, and do when no allowed pair is left.
 * @returns for each row its column, or null. Every allowed pair must weigh more than 0.
 */
export function bestAssignment(weights: readonly (readonly (number | null)[])[]): (number | null)[] {
  const rows = weights.length
  const columns = Math.max(0, ...weights.map((row) => row.length))
  const size = Math.max(rows, columns)
  // Forbidden and padding cells cost nothing and win nothing, so that staying alone is always possible.
  const cost = (row: number, column: number) => -(weights[row]?.[column] ?? 0)
  const rowPotential = new Array<number>(size + 1).fill(0)
  const columnPotential = new Array<number>(size + 1).fill(0)
  const rowOf = new Array<number>(size + 1).fill(0)

  for (let row = 1; row <= size; row++) {
    const path = augmentingPath(row, { size, cost, rowPotential, columnPotential, rowOf })
    for (let column = path.end; column !== 0; ) {
      const before = path.cameFrom[column]!
      rowOf[column] = rowOf[before]!
      column = before
    }
  }

  const columnOf = new Array<number | null>(rows).fill(null)
  for (let column = 1; column <= size; column++) {
    const row = rowOf[column]! - 1
    if (row < rows && (weights[row]?.[column - 1] ?? null) !== null) columnOf[row] = column - 1
  }
  return columnOf
}

type State = {
  size: number
  cost(row: number, column: number): number
  rowPotential: number[]
  columnPotential: number[]
  rowOf: number[]
}

/** The shortest augmenting path from a row to a free column; column 0 stands for the row's own start. */
function augmentingPath(row: number, { size, cost, rowPotential, columnPotential, rowOf }: State) {
  rowOf[0] = row
  const slack = new Array<number>(size + 1).fill(Number.POSITIVE_INFINITY)
  const isUsed = new Array<boolean>(size + 1).fill(false)
  const cameFrom = new Array<number>(size + 1).fill(0)
  let at = 0
  do {
    isUsed[at] = true
    let delta = Number.POSITIVE_INFINITY
    let next = 0
    for (let column = 1; column <= size; column++) {
      if (isUsed[column]) continue
      const reduced = cost(rowOf[at]! - 1, column - 1) - rowPotential[rowOf[at]!]! - columnPotential[column]!
      if (reduced < slack[column]!) {
        slack[column] = reduced
        cameFrom[column] = at
      }
      if (slack[column]! < delta) {
        delta = slack[column]!
        next = column
      }
    }
    for (let column = 0; column <= size; column++) {
      if (isUsed[column]) {
        rowPotential[rowOf[column]!]! += delta
        columnPotential[column]! -= delta
      } else slack[column]! -= delta
    }
    at = next
  } while (rowOf[at] !== 0)
  return { end: at, cameFrom }
}
