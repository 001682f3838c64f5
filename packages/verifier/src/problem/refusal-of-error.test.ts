import { StoreUnavailable } from '@keywright/core'
import { describe, expect, it } from 'vitest'
import { refusalOfError } from './refusal-of-error.ts'

describe('what a client is told about an error', () => {
  it('is 503 when the database failed, without its reason', () => {
    const told = refusalOfError(new StoreUnavailable('disk I/O error on /var/lib/keys.db'))
    expect(told).toMatchObject({ isOurs: true, refusal: { code: 'unavailable' } })
    expect(JSON.stringify(told)).not.toContain('disk')
  })

  it('is what the framework says of a body, whichever framework it is', () => {
    const fastify = Object.assign(new Error('too large'), { statusCode: 413 })
    const express = Object.assign(new Error('no JSON'), { status: 400 })
    expect(refusalOfError(fastify).refusal.code).toBe('body_too_large')
    expect(refusalOfError(express)).toMatchObject({
      isOurs: false,
      refusal: { code: 'malformed_body' },
    })
  })

  it('is our failure for everything else, whatever was thrown', () => {
    const strange = [new Error('oops'), 'text', undefined, { status: 400 }]
    for (const thrown of [...strange, Object.assign(new Error('x'), { status: 418 })]) {
      expect(refusalOfError(thrown)).toMatchObject({
        isOurs: true,
        refusal: { code: 'internal_error' },
      })
    }
  })
})
