/**
 * Type tests state what must and what must not compile: `expectTypeOf`, and `@ts-expect-error`
 * above a line that has to fail. The compiler is the judge; this makes its verdict on them part
 * of the test suite. Errors elsewhere are the business of `npm run check:types`.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { breaches, listPaths, ROOT } from './files.ts'

const TSC = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin',
  'tsc',
)

test('what must compile compiles, and what must not does not', () => {
  const { stdout, error } = spawnSync(process.execPath, [TSC, '-p', ROOT, '--pretty', 'false'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect(error).toBeUndefined()
  const lines = stdout.split('\n')
  const typeTests = listPaths().filter((path) => path.endsWith('.test-d.ts'))
  expect(
    breaches(typeTests, (path) => lines.filter((line) => line.startsWith(`${path}(`))),
  ).toEqual([])
}, 120_000)
