import { test as property, fc } from '../../testing/property.ts'
import { describe, expect, it } from 'vitest'
import { parseResource } from './parse.ts'

describe('a resource name', () => {
  it('is collections and ids in turn', () => {
    const parts = parseResource('organizations/org_1/agents/agt.7~b')
    expect(parts).toEqual({ pattern: 'organizations/agents', ids: ['org_1', 'agt.7~b'] })
  })

  it.each([
    '',
    '/',
    'organizations',
    'organizations/',
    '/organizations/org_1',
    'organizations/org_1/',
    'organizations//agents/a',
    'Organizations/org_1',
    'organizations/../agents/a',
    'organizations/.',
    'organizations/a b',
    'organizations/a%2Fb',
    "organizations/'; drop table keys",
    'organizations/é',
    `organizations/${'x'.repeat(129)}`,
    `a/${'b'.repeat(100)}/`.repeat(6),
  ])('that is not canonical is none: %j', (name) => {
    expect(parseResource(name)).toBeUndefined()
  })

  property([fc.string()], 'never throws, and what it reads is written back the same', (text) => {
    const parts = parseResource(text)
    if (parts === undefined) return
    const collections = parts.pattern.split('/')
    expect(collections.map((c, i) => `${c}/${parts.ids[i]}`).join('/')).toBe(text)
  })
})
