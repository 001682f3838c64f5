import { describe, expect, it } from 'vitest'
import { fc, test as property } from '../../testing/property.ts'
import { expandGrants, isGrant, isGrantedBy } from './grants.ts'

const declared = ['events:read', 'events:write', 'agents:read', 'agent:read']
const grant = fc.constantFrom(...declared, 'events:*', 'agents:*', '*')
const grants = fc.array(grant, { minLength: 1, maxLength: 4 })

describe('grants', () => {
  it('give what they name, what their noun has, or everything', () => {
    expect([...expandGrants(['events:*'], declared)]).toEqual(['events:read', 'events:write'])
    expect([...expandGrants(['agent:*'], declared)]).toEqual(['agent:read'])
    expect([...expandGrants(['*'], declared)]).toEqual(declared)
  })

  it.each(['event:*', 'events', 'events:rea', '*:read', '', 'events:*x'])(
    '%j matches nothing',
    (text) => {
      expect(isGrant(text, declared)).toBe(false)
    },
  )

  it('a wildcard is given only by a wildcard, because it also speaks for scopes declared later', () => {
    expect(isGrantedBy(['events:*'], ['events:read', 'events:write'], declared)).toBe(false)
    expect(isGrantedBy(['events:*'], ['*'], declared)).toBe(true)
  })

  property(
    [grants, grants],
    'are within others only if each of their scopes is',
    (inner, outer) => {
      if (!isGrantedBy(inner, outer, declared)) return
      const given = expandGrants(outer, declared)
      for (const scope of expandGrants(inner, declared)) expect(given.has(scope)).toBe(true)
    },
  )
})
