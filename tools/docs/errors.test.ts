/** docs/errors.md lists every code with its status, and no other. */
import { readFileSync } from 'node:fs'
import { PROBLEMS } from '@keywright/contract'
import { expect, test } from 'vitest'

const PAGE = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
const ROW = /^\| `([a-z_]+)` \| (\d{3}) \| ([^|]+) \| ([^|]+) \|$/gm

const documented = new Map(
  [...PAGE.matchAll(ROW)].map(([, code, status]) => [code, Number(status)]),
)

test('the page lists every code of a problem with its status, and no other', () => {
  const known = Object.entries(PROBLEMS).map(([code, { status }]) => [code, status])
  expect(documented.size).toBeGreaterThan(20)
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(known))
})

test('each code has a cause and a fix', () => {
  for (const [, code, , cause, fix] of PAGE.matchAll(ROW)) {
    expect(cause?.trim(), code).not.toBe('')
    expect(fix?.trim(), code).not.toBe('')
  }
})

test('the page lists every reason not to start', () => {
  const sources = ['packages/keywright/src/open/start-error.ts', 'packages/storage/src/refused.ts']
  const codes = sources.flatMap((path) => {
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
    return [...text.matchAll(/^\s+\| '([a-z_]+)'/gm)].map((match) => match[1] as string)
  })
  expect(codes.length).toBeGreaterThan(8)
  for (const code of codes) expect(PAGE).toContain(`| \`${code}\` |`)
})
