import { decisionSchema } from '@keywright/contract'
import type { Decision, LimitState } from '@keywright/core'
import { fc, property } from '@keywright/core/testing'
import { expect } from 'vitest'
import { decisionText } from './decision-text.ts'

const ids = fc.stringMatching(/^[A-Za-z0-9._~-]{1,20}$/)
const text = fc.string({ unit: 'binary', maxLength: 20 })
const limits: fc.Arbitrary<LimitState> = fc.record({
  name: text,
  limit: fc.nat(),
  remaining: fc.nat(),
  resetSeconds: fc.nat(),
  windowSeconds: fc.nat(),
})
const times = fc.integer({ min: 0, max: 250_000_000_000_000 })
const key = fc.record({
  type: fc.constant('key' as const),
  keyId: ids,
  kind: text,
  holder: ids,
  resource: ids,
  mode: fc.option(text),
  scopes: fc.array(text),
  expiresAt: fc.option(times),
  metadata: fc.option(fc.dictionary(text, text)),
  seq: fc.nat(),
})
const personFields = {
  keyId: fc.constant(null),
  kind: fc.constant('users' as const),
  holder: ids,
  resource: ids,
  mode: fc.constant(null),
  scopes: fc.array(text),
  expiresAt: times,
  metadata: fc.constant(null),
  seq: fc.nat(),
  reach: fc.record({ holder: ids, at: fc.constant([]) }),
}
const token = fc.record({
  type: fc.constant('token' as const),
  ...personFields,
  issuer: text,
  subject: text,
  issuedAt: times,
})
const session = fc.record({
  type: fc.constant('session' as const),
  ...personFields,
  sessionId: text,
  authenticatedAt: times,
})
const allowed: fc.Arbitrary<Decision> = fc.record({
  allowed: fc.constant(true as const),
  principal: fc.oneof(key, token, session),
  limit: fc.option(limits, { nil: undefined }),
})
const refused: fc.Arbitrary<Decision> = fc.record(
  {
    allowed: fc.constant(false as const),
    code: fc.constantFrom('invalid_key', 'insufficient_scope', 'rate_limited', 'unavailable'),
    detail: text,
    keyId: ids,
    retryAfterSeconds: fc.nat(),
    limit: limits,
    scope: text,
  },
  { requiredKeys: ['allowed', 'code', 'detail'] },
)

property([allowed], 'an allowed decision is written as the contract has it', (decision) => {
  const parsed = decisionSchema.parse(JSON.parse(decisionText(decision)))
  if (!decision.allowed || !parsed.allowed) throw new Error('not allowed')
  const { principal } = decision
  expect(parsed.principal).toMatchObject({
    key_id: principal.keyId,
    kind: principal.kind,
    holder: principal.holder,
    resource: principal.resource,
    mode: principal.mode,
    scopes: principal.scopes,
  })
  expect(parsed.principal.metadata === null).toBe(principal.metadata === null)
  expect(parsed.limit?.remaining).toBe(decision.limit?.remaining)
})

property([refused], 'a refusal is written as the contract has it', (decision) => {
  const parsed = decisionSchema.parse(JSON.parse(decisionText(decision)))
  if (decision.allowed || parsed.allowed) throw new Error('allowed')
  const { code, detail, keyId, retryAfterSeconds, scope } = decision
  expect(parsed).toMatchObject({ code, detail })
  expect([parsed.key_id, parsed.retry_after, parsed.scope]).toEqual([
    keyId,
    retryAfterSeconds,
    scope,
  ])
})
