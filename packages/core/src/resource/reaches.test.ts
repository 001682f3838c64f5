import { describe, expect, it } from 'vitest'
import { reaches } from './reaches.ts'

describe('a key reaches', () => {
  it.each(['a/1', 'a/1/b/2', 'a/1/b/2/c/3', 'a/-', 'a/-/b/2'])('%s from a/1', (asked) => {
    expect(reaches('a/1', asked)).toBe(true)
  })

  it.each([
    'a/2',
    'a/10',
    'a',
    '',
    'a/1/',
    'a/1/b',
    'a/1/../2',
    'a/1/b/..',
    'a/1//2',
    'a/1/b/2/',
    'a/1/B/2',
    'a/1/b/%2e%2e',
    'a/1/b/2?x=y',
    'a/1/b/-',
    'b/-',
  ])('not %s from a/1', (asked) => {
    expect(reaches('a/1', asked)).toBe(false)
  })
})
