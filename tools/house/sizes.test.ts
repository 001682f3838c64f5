/** Small files: one verb each. Lines of code count; comments and blank lines are free. */
import { expect, test } from 'vitest'
import { countCodeLines } from './code.ts'
import { breaches, type HouseFile, isTest, readFiles } from './files.ts'

const SOURCE_LINES_MAX = 300
const TEST_LINES_MAX = 400

function tooLong({ path, text }: HouseFile): string[] {
  const lines = countCodeLines(text)
  const most = isTest(path) ? TEST_LINES_MAX : SOURCE_LINES_MAX
  return lines > most ? [`${path} has ${lines} lines of code, ${most} at most`] : []
}

test('the rule sees a source of more than 300 lines and a test of more than 400', () => {
  const lines = (count: number): string => '// free\n\nlet a\n'.repeat(count)
  expect(tooLong({ path: 'a.ts', text: lines(300) })).toEqual([])
  expect(tooLong({ path: 'a.ts', text: lines(301) })).toHaveLength(1)
  expect(tooLong({ path: 'a.test.ts', text: lines(400) })).toEqual([])
  expect(tooLong({ path: 'a.test.ts', text: lines(401) })).toHaveLength(1)
})

test('no source has more than 300 lines of code, no test more than 400', () => {
  expect(breaches(readFiles(/\.ts$/), tooLong)).toEqual([])
})
