import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LineLog } from './line-log.ts'

describe('the log', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('writes lines together, in order and whole', () => {
    const written: string[] = []
    const log = new LineLog((text) => written.push(text))
    log.add('one')
    log.add('two')
    expect(written).toEqual([])
    vi.runAllTimers()
    expect(written).toEqual(['one\ntwo\n'])
    log.add('three')
    log.flush()
    log.flush()
    expect(written).toEqual(['one\ntwo\n', 'three\n'])
  })

  it('does not gather without bound', () => {
    const written: string[] = []
    const log = new LineLog((text) => written.push(text))
    for (let line = 0; line < 2500; line += 1) log.add(String(line))
    expect(written).toHaveLength(2)
  })
})
