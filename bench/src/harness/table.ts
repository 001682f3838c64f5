import type { Row } from './measure.ts'

const HEAD = ['measure', 'ours', 'compared with', 'theirs', 'ratio', 'goal', 'reached']
const RIGHT = new Set(['ours', 'theirs', 'ratio'])

/** Rows as one aligned text. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] as string).length)),
  )
  const rule = widths.map((width) => '-'.repeat(width))
  return [HEAD, rule, ...lines.slice(1)].map((line) => alignLine(line, widths)).join('\n')
}

function alignLine(line: readonly string[], widths: readonly number[]): string {
  return line
    .map((cell, column) => {
      const width = widths[column] as number
      return RIGHT.has(HEAD[column] as string) ? cell.padStart(width) : cell.padEnd(width)
    })
    .join('  ')
    .trimEnd()
}

function cellsOf(row: Row): string[] {
  const { measure, ours, comparedWith, theirs, unit, ratio, goal, isReached } = row
  return [
    measure,
    `${amountOf(ours)} ${unit}`,
    comparedWith,
    `${amountOf(theirs)} ${unit}`,
    ratio >= 10 ? amountOf(ratio) : ratio.toFixed(2),
    goal,
    isReached ? 'yes' : 'no',
  ]
}

function amountOf(amount: number): string {
  return Math.round(amount).toLocaleString('en-US').replaceAll(',', ' ')
}
