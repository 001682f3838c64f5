/** The grammar of a secret also runs in browsers: only digest and pepper may need Node. */
import { expect, test } from 'vitest'
import { importSpecifiers } from './code.ts'
import { breaches, isTest, readFiles } from './files.ts'

test('the grammar files of the token package import nothing but each other', () => {
  const grammar = readFiles(/^packages\/token\/src\/(?!index\.|digest\.|pepper\.)[^/]+\.ts$/)
  const wrong = breaches(
    grammar.filter(({ path }) => !isTest(path)),
    ({ path, text }) =>
      importSpecifiers(text)
        .filter((specifier) => !specifier.startsWith('./') || /digest|pepper|index/.test(specifier))
        .map((specifier) => `${path} imports ${specifier}`),
  )
  expect(wrong).toEqual([])
})
