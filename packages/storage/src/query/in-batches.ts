/** Values of one statement: SQLite takes 32,766, and a list is compiled anew for each length. */
const VALUES_MAX = 500

/** Reads the rows of many values, each of them asked for once. */
export async function inBatches<Row>(
  values: readonly string[],
  read: (batch: readonly string[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const asked = [...new Set(values)]
  const rows: Row[] = []
  for (let start = 0; start < asked.length; start += VALUES_MAX) {
    rows.push(...(await read(asked.slice(start, start + VALUES_MAX))))
  }
  return rows
}
