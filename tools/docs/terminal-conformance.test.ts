/** docs/reference/terminal-conformance.md names tests that exist. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readFiles } from '../house/files.ts'

const PAGE = readFileSync(
  new URL('../../docs/reference/terminal-conformance.md', import.meta.url),
  'utf8',
)
const ROW = /^\| [^|]+ \| `([^`]+)` \|$/gm

test('each sentence of the page is the name of a test, or a part of one', () => {
  const tests = readFiles(
    /^(packages\/(cli-kit|client|keywright)|examples\/[^/]+|e2e)\/.*\.test\.ts$/,
  )
  const named = [...PAGE.matchAll(ROW)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(30)
  const missing = named.filter((name) => !tests.some(({ text }) => text.includes(name)))
  expect(missing).toEqual([])
})
