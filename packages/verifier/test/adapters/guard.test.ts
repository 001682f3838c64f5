import type { Decision, Verifier, VerifyRequest } from '@keywright/core'
import { defineAuthority, refuse } from '@keywright/core'
import { describe, expect, test } from 'vitest'
import type { Incoming } from '../../src/adapters/guard.ts'
import { makeCheck } from '../../src/adapters/guard.ts'

const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: { agents: {} } },
  scopes: ['agents:read'],
  keys: { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } },
})

const allowed: Decision = {
  allowed: true,
  principal: {
    type: 'key',
    keyId: 'key_1',
    kind: 'org',
    holder: 'organizations/o',
    resource: 'organizations/o',
    mode: null,
    scopes: [],
    expiresAt: null,
    metadata: null,
    seq: 0,
  },
  limit: undefined,
}

/** A verifier that answers as told and keeps what it was asked. */
function scripted(answer: () => Promise<Decision>): Verifier & { asked: VerifyRequest[] } {
  const asked: VerifyRequest[] = []
  return {
    definition,
    asked,
    verify: (request) => {
      asked.push(request)
      return answer()
    },
    permits: () => refuse('unavailable', ''),
  }
}

function incoming(more: Partial<Incoming> = {}): Incoming {
  return {
    identity: {},
    url: '/v1/agents/agt_7',
    header: (name) => (name === 'authorization' ? ['Bearer abc'] : []),
    param: () => 'agt_7',
    network: undefined,
    ...more,
  }
}

async function codeOf(verdict: ReturnType<ReturnType<typeof makeCheck>>): Promise<string> {
  const settled = await verdict
  return settled.allowed ? 'allowed' : settled.problem.body.code
}

describe('a guard fails closed', () => {
  test.each([
    [
      'verify throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['verify rejects', () => Promise.reject(new Error('broken'))],
  ])('when %s, the answer is 503 and its cause is told to the program only', async (_, answer) => {
    const errors: unknown[] = []
    const check = makeCheck(scripted(answer), {}, { onError: (error) => errors.push(error) })
    const verdict = await check(incoming())
    expect(verdict).toMatchObject({
      allowed: false,
      problem: { status: 503, headers: { 'retry-after': '1' }, body: { code: 'unavailable' } },
    })
    expect(JSON.stringify(verdict)).not.toContain('broken')
    expect(errors).toEqual([new Error('broken')])
  })

  test('when the request cannot be read, the answer is 503', async () => {
    const check = makeCheck(
      scripted(() => Promise.resolve(allowed)),
      {},
    )
    const broken = incoming({
      header: () => {
        throw new Error('broken')
      },
    })
    expect(await codeOf(check(broken))).toBe('unavailable')
  })
})

describe('what a guard asks', () => {
  test('names one request the same for all its guards, and two requests differently', async () => {
    const verifier = scripted(() => Promise.resolve(allowed))
    const [first, second] = [makeCheck(verifier, {}), makeCheck(verifier, { scope: 'agents:read' })]
    const identity = {}
    await first(incoming({ identity }))
    await second(incoming({ identity }))
    await first(incoming())
    const names = verifier.asked.map(({ requestId }) => requestId)
    expect(names[0]).toBe(names[1])
    expect(new Set(names).size).toBe(2)
  })

  test('passes on scope, cost, network and the filled resource', async () => {
    const verifier = scripted(() => Promise.resolve(allowed))
    const resource = 'organizations/-/agents/:id'
    const settings = { newRequestId: () => 'req_1' }
    const check = makeCheck(verifier, { scope: 'agents:read', cost: 3, resource }, settings)
    await check(incoming({ network: '192.0.2.1' }))
    expect(verifier.asked).toEqual([
      {
        credential: 'abc',
        scope: 'agents:read',
        cost: 3,
        resource: 'organizations/-/agents/agt_7',
        network: '192.0.2.1',
        requestId: 'req_1',
      },
    ])
  })

  test('never asks about a resource that a parameter made up, and answers 404 to who passed', async () => {
    const verifier = scripted(() => Promise.resolve(allowed))
    const check = makeCheck(verifier, { resource: 'organizations/-/agents/:id' })
    expect(await codeOf(check(incoming({ param: () => '../x' })))).toBe('not_found')
    expect(verifier.asked.map(({ resource }) => resource)).toEqual([undefined])
  })

  test('answers a caller who did not pass alike for right and wrong ids', async () => {
    const verifier = scripted(() => Promise.resolve(refuse('invalid_key', 'no')))
    const check = makeCheck(verifier, { resource: 'organizations/-/agents/:id' })
    expect(await codeOf(check(incoming({ param: () => '-' })))).toBe('invalid_key')
    expect(await codeOf(check(incoming()))).toBe('invalid_key')
  })
})

describe('a wrong guard is refused when it is made', () => {
  const verifier = scripted(() => Promise.resolve(allowed))

  test.each([
    ['a scope nobody declared', { scope: 'agents:fly' }, "'agents:fly' is no scope"],
    ['a mode where there are none', { mode: 'live' }, 'It has no modes'],
    ['a resource outside the tree', { resource: 'teams/:id' }, "'teams/:id' is no resource"],
    ['a cost that is no number of units', { cost: 0.5 }, 'the cost 0.5'],
    ['a negative cost', { cost: -1 }, 'the cost -1'],
  ])('%s', (_, ask, message) => {
    const make = (): unknown => makeCheck(verifier, ask)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })
})
