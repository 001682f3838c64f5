/** What is unfinished is an issue, not a note in the source. */
import { expect, test } from 'vitest'
import { blankCode } from './code.ts'
import { breaches, type HouseFile, isTest, readFiles } from './files.ts'

const REMINDER = new RegExp(
  `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`,
)
const FOCUSED = /\b(it|test|describe|suite)(\.\w+)*\.only\b/

function leftOver({ path, text }: HouseFile): string[] {
  const found = text
    .split('\n')
    .flatMap((line, index) => (REMINDER.test(line) ? [`${path}:${index + 1} has a reminder`] : []))
  if (isTest(path) && FOCUSED.test(blankCode(text, { strings: true }))) {
    found.push(`${path} runs only some of its tests`)
  }
  return found
}

test('the rule sees reminders and focused tests', () => {
  expect(leftOver({ path: 'a.ts', text: `a\n// ${'TO' + 'DO'}: b` })).toEqual([
    'a.ts:2 has a reminder',
  ])
  expect(leftOver({ path: 'a.md', text: 'METHODOLOGY' })).toEqual([])
  expect(leftOver({ path: 'a.test.ts', text: 'test.concurrent.only("a", b)' })).toHaveLength(1)
  expect(leftOver({ path: 'a.test.ts', text: 'test("it.only", b)' })).toEqual([])
})

test('no file has a reminder in it, no test file a focused test', () => {
  const files = readFiles(/(\.(ts|md|json|ya?ml|sh|conf|sql)|^\.ci\/.*)$/)
  expect(
    breaches(
      files.filter(({ path }) => path !== 'package-lock.json'),
      leftOver,
    ),
  ).toEqual([])
})
