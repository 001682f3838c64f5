/** A test that asserts nothing passes for the wrong reason. */
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { blankCode, importSpecifiers } from './code.ts'
import { breaches, type HouseFile, isTest, readFiles } from './files.ts'

const ASSERTS = /\b(expect|expectTypeOf|assertType|assert)\b\s*(\.\s*\w+\s*)*[(<]/
const EXPECTED_ERROR = /\/\/ @ts-expect-error -- \S/

/** A behavioural suite that several tests run, such as one per dialect, asserts in its own file. */
function suitesOf(path: string, text: string): string[] {
  return importSpecifiers(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier))
    .filter((target) => /(testing|suite)/.test(target))
}

function assertsNothing({ path, text }: HouseFile): string[] {
  if (EXPECTED_ERROR.test(text) && path.endsWith('.test-d.ts')) return []
  const suites = new Set(suitesOf(path, text))
  const texts = [
    text,
    ...readFiles(/\.ts$/).flatMap((file) => (suites.has(file.path) ? [file.text] : [])),
  ]
  const asserts = texts.some((each) => ASSERTS.test(blankCode(each, { strings: true })))
  return asserts ? [] : [`${path} asserts nothing`]
}

test('the rule sees a test file without an assertion', () => {
  const none = (text: string, path = 'a.test.ts'): number => assertsNothing({ path, text }).length
  expect(none("test('a', () => {})")).toBe(1)
  expect(none("test('expect(a)', () => {}) // expect(a)")).toBe(1)
  expect(none('expect(a).toBe(b)')).toBe(0)
  expect(none('expect.soft(a).toBe(b)')).toBe(0)
  expect(none('expectTypeOf<A>().toBeString()')).toBe(0)
  expect(none('// @ts-expect-error -- not a scope\nf()', 'a.test-d.ts')).toBe(0)
  expect(none(`/${'/ @ts-expect-error'}\nf()`, 'a.test-d.ts')).toBe(1)
})

test('every test file asserts something', () => {
  const tests = readFiles(/\.ts$/).filter(({ path }) => isTest(path))
  expect(breaches(tests, assertsNothing)).toEqual([])
})
