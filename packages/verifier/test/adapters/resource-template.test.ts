import { fc, property } from '@keywright/core/testing'
import { describe, expect, test } from 'vitest'
import { compileResource } from '../../src/adapters/resource-template.ts'

const patterns = new Set(['organizations', 'organizations/agents'])

function fillWith(template: string, params: Readonly<Record<string, unknown>>): string | undefined {
  return compileResource(template, patterns)((name) => params[name])
}

// Few characters, so that many are ids and the others are near to being one.
const parameter = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '7', '-', '.', '/', '%', '~'), maxLength: 6 }),
  fc.string({ unit: 'binary' }),
)

describe('filling the resource of a route', () => {
  test('puts each parameter in its place', () => {
    const template = 'organizations/:org/agents/:agent_id'
    const filled = fillWith(template, { org: 'org_1', agent_id: 'agt_7' })
    expect(filled).toBe('organizations/org_1/agents/agt_7')
  })

  test('keeps an id and a `-` that the template itself has', () => {
    expect(fillWith('organizations/-/agents/:id', { id: 'a' })).toBe('organizations/-/agents/a')
    expect(fillWith('organizations/org_1', {})).toBe('organizations/org_1')
  })

  test.each<[unknown, string]>([
    ['', 'empty'],
    ['-', 'the mark of the own'],
    ['.', 'a dot'],
    ['..', 'two dots'],
    ['a/b', 'a slash'],
    ['a/agents/b', 'a whole path'],
    ['/', 'only a slash'],
    ['a%2Fb', 'still encoded'],
    ['a b', 'a space'],
    ['a\0', 'a NUL'],
    ['a\n', 'a line break'],
    ['é', 'another alphabet'],
    ['a'.repeat(129), 'over-long'],
    [undefined, 'absent'],
    [['a'], 'a list'],
  ])('gives nothing for the parameter %j (%s)', (id) => {
    expect(fillWith('organizations/-/agents/:id', { id })).toBeUndefined()
    expect(fillWith('organizations/:id', { id })).toBeUndefined()
    expect(fillWith('organizations/:id/agents/x', { id })).toBeUndefined()
  })

  property(
    [parameter, parameter],
    'whatever the parameters hold, the result is one agent of one organization, or nothing',
    (org, agent) => {
      const filled = fillWith('organizations/:org/agents/:agent', { org, agent })
      if (filled === undefined) return
      expect(filled).toMatch(/^organizations\/[\w.~-]+\/agents\/[\w.~-]+$/)
      expect(filled.split('/')).toEqual(['organizations', org, 'agents', agent])
      expect([org, agent]).not.toContain('-')
    },
  )
})

describe('compiling a template', () => {
  test.each([
    'organisations/:id',
    'organizations',
    'organizations/:id/agents',
    'organizations/:org/agents/:id/calendars/:cal',
    '/organizations/:id',
    'organizations/:id/',
    ':collection/org_1',
    'organizations/:',
    'organizations/:a-b',
    'organizations/a b',
    '',
  ])('refuses %j with the patterns there are', (template) => {
    const compile = (): unknown => compileResource(template, patterns)
    expect(compile).toThrow(TypeError)
    expect(compile).toThrow('organizations, organizations/agents')
  })
})
