import { describe, expect, it } from 'vitest'
import { fc, test as property } from '../../testing/property.ts'
import { covers, withAncestors } from './covers.ts'

const segment = fc.stringMatching(/^[a-z0-9_]{1,4}$/)
const name = fc
  .array(fc.tuple(segment, segment), { minLength: 1, maxLength: 4 })
  .map((pairs) => pairs.flat().join('/'))

describe('a resource covers', () => {
  it('itself and what lies below it, and nothing else', () => {
    expect(covers('organizations/org_1', 'organizations/org_1')).toBe(true)
    expect(covers('organizations/org_1', 'organizations/org_1/agents/a')).toBe(true)
    expect(covers('organizations/org_1/agents/a', 'organizations/org_1')).toBe(false)
    expect(covers('organizations/org_1', 'organizations/org_10')).toBe(false)
    expect(covers('organizations/org_1', 'organizations/org_2')).toBe(false)
  })

  property([name, name], 'another exactly when it is among its ancestors', (a, b) => {
    expect(covers(a, b)).toBe(withAncestors(b).includes(a))
  })

  property([name, fc.string()], 'only names that continue it after a slash', (a, tail) => {
    expect(covers(a, a + tail)).toBe(tail === '' || tail.startsWith('/'))
  })
})
