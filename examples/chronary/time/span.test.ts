import { describe, expect, test } from 'vitest'
import { busyWithin, freeWithin, mergeSpans } from './span.ts'

const span = (start: number, end: number): { start: number; end: number } => ({ start, end })

describe('spans of time', () => {
  test('that overlap or touch are one', () => {
    expect(mergeSpans([span(5, 7), span(1, 3), span(3, 4), span(6, 6.5)])).toEqual([
      span(1, 4),
      span(5, 7),
    ])
  })

  test('are busy only as far as they lie in the range', () => {
    expect(busyWithin(span(10, 20), [span(0, 12), span(18, 30), span(40, 50)])).toEqual([
      span(10, 12),
      span(18, 20),
    ])
  })

  test('leave free what they do not cover, where it is long enough', () => {
    const busy = [span(12, 13), span(15, 18)]
    expect(freeWithin(span(10, 20), busy)).toEqual([span(10, 12), span(13, 15), span(18, 20)])
    expect(freeWithin(span(10, 20), busy, 3)).toEqual([])
    expect(freeWithin(span(10, 20), [])).toEqual([span(10, 20)])
    expect(freeWithin(span(10, 20), [span(0, 30)])).toEqual([])
  })
})
