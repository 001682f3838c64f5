/** Whoever silences a checker says why, on the same line. */
import { expect, test } from 'vitest'
import { breaches, type HouseFile, readFiles } from './files.ts'

const SILENCER =
  /(\/\/|\/\*)\s*(oxlint-disable|eslint-disable|@ts-(expect-error|ignore|nocheck)|@vitest-ignore)/
const NEVER = /(\/\/|\/\*)\s*@ts-(ignore|nocheck)/
const REASON = / -- \S/

function unexplained({ path, text }: HouseFile): string[] {
  return text.split('\n').flatMap((line, index) => {
    if (NEVER.test(line)) return [`${path}:${index + 1} switches the type checker off`]
    return SILENCER.test(line) && !REASON.test(line) ? [`${path}:${index + 1} gives no reason`] : []
  })
}

test('the rule sees a checker silenced without a reason', () => {
  const seen = (text: string): number => unexplained({ path: 'a.ts', text }).length
  expect(seen(`/${'/ oxlint-disable-next-line no-console'}`)).toBe(1)
  expect(seen(`/${'/ oxlint-disable-next-line no-console -- the terminal is its job'}`)).toBe(0)
  expect(seen(`/${'/ @ts-expect-error'}`)).toBe(1)
  expect(seen(`/${'/ @ts-ignore -- reason'}`)).toBe(1)
})

test('every silenced check gives its reason on the same line', () => {
  expect(breaches(readFiles(/\.ts$/), unexplained)).toEqual([])
})
