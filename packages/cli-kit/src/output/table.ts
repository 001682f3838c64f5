/** Columns aligned by spaces. A terminal's width is not asked: a long cell wraps, and nothing is ever cut away. */
import { stripVTControlCharacters } from 'node:util'
import { printableLine } from './printable.ts'

const GAP = '  '

/** The lines of a table; the first row is its head. Cells may carry colours, which take no room. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const clean = rows.map((row) => row.map((cell) => printableLine(cell)))
  const widths: number[] = []
  for (const row of clean) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))
    })
  }
  return clean.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)))
      .join(GAP)
      .trimEnd(),
  )
}

function widthOf(cell: string): number {
  return Array.from(stripVTControlCharacters(cell)).length
}
