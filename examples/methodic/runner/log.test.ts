import { fc, property } from '@keywright/core/testing'
import { expect, test } from 'vitest'
import { Lines } from './log.ts'

function linesOf(parts: readonly string[]): string[] {
  const lines: string[] = []
  const splitter = new Lines((line) => lines.push(line))
  for (const part of parts) splitter.push(part)
  splitter.end()
  return lines
}

property(
  [fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n') }))],
  'text is the same lines in whatever pieces it comes',
  (parts) => {
    expect(linesOf(parts)).toEqual(
      parts
        .join('')
        .split('\n')
        .filter((line) => line !== ''),
    )
  },
)

test('a line that never ends is left out and not gathered, and the next one is there', () => {
  const endless = Array.from({ length: 40 }, () => 'x'.repeat(1000))
  expect(linesOf([...endless, '\nnext\n'])).toEqual([
    '(a line that is too long was left out)',
    'next',
  ])
})
