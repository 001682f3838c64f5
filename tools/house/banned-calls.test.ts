/**
 * Clock, randomness, environment and streams are parameters below the roof. Outside tests nothing
 * draws from Math.random, wherever it stands.
 */
import { expect, test } from 'vitest'
import { blankCode, importSpecifiers } from './code.ts'
import { breaches, type HouseFile, isTest, readFiles } from './files.ts'
import { DEFAULTS, FLOORS, ownerOf, ROOF } from './floors.ts'

const ANYWHERE: readonly [string, RegExp][] = [['Math.random', /\bMath\s*\.\s*random\b/]]

const BELOW_THE_ROOF: readonly [string, RegExp][] = [
  ['console', /(?<![.\w])console\s*\./],
  ['process', /(?<![.\w])process\s*\.\s*(env|argv|stdin|stdout|stderr|exit|hrtime)\b/],
  ['Date.now', /\bDate\s*\.\s*now\b/],
  ['performance.now', /\bperformance\s*\.\s*now\b/],
  ['new Date()', /\bnew\s+Date\s*(\(\s*\)|(?!\s*\())/],
]

function bannedCalls({ path, text }: HouseFile): string[] {
  if (isTest(path) || /^packages\/[^/]+\/test\//.test(path)) return []
  const owner = ownerOf(path)
  const below = owner !== undefined && owner !== ROOF && !DEFAULTS.includes(path)
  const code = blankCode(text, { strings: true })
  const found = [...ANYWHERE, ...(below ? BELOW_THE_ROOF : [])]
    .filter(([, shape]) => shape.test(code))
    .map(([name]) => name)
  if (below && importSpecifiers(text).some((name) => /^(node:)?(process|perf_hooks)$/.test(name))) {
    found.push('node:process or node:perf_hooks')
  }
  return found.map((name) => `${path} uses ${name}`)
}

test('the rule sees banned calls in code, and not in comments, strings or tests', () => {
  const used = (text: string, path = 'packages/core/src/a.ts'): number =>
    bannedCalls({ path, text }).length
  for (const text of [
    'Math.random()',
    'console.log(1)',
    'process.env.A',
    'Date.now()',
    'performance.now()',
    'new Date()',
    'new Date',
    'const now = Date.now',
    "import { env } from 'node:process'",
  ]) {
    expect(used(text), text).toBe(1)
  }
  for (const text of [
    'new Date(at)',
    '// Date.now()',
    "'Date.now()'",
    'this.console.log()',
    'a.process.env',
  ]) {
    expect(used(text), text).toBe(0)
  }
  expect(used('Date.now()', 'packages/core/src/a.test.ts')).toBe(0)
  expect(used('Date.now()', 'packages/keywright/src/a.ts')).toBe(0)
  expect(used('Date.now()', DEFAULTS[0])).toBe(0)
  expect(used('Math.random()', DEFAULTS[0])).toBe(1)
  expect(used('Math.random()', 'packages/keywright/src/a.ts')).toBe(1)
  expect(used('Math.random()', 'bench/src/a.ts')).toBe(1)
})

test.each(Object.entries(FLOORS))('%s calls nothing that is banned there', (_name, { folder }) => {
  expect(breaches(readFiles(new RegExp(`^packages/${folder}/.*\\.ts$`)), bannedCalls)).toEqual([])
})

test('nothing outside the packages draws from Math.random', () => {
  expect(breaches(readFiles(/^(?!packages\/).*\.ts$/), bannedCalls)).toEqual([])
})
