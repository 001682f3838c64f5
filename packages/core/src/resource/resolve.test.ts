import { describe, expect, it } from 'vitest'
import { resolveOwn } from './resolve.ts'

describe("a requested resource's `-`", () => {
  it('stands for what the caller is bound to', () => {
    const own = 'organizations/org_1/agents/agt_7'
    expect(resolveOwn('organizations/-/agents/agt_9', own)).toBe('organizations/org_1/agents/agt_9')
    expect(resolveOwn('organizations/-', own)).toBe('organizations/org_1')
    expect(resolveOwn('organizations/-/agents/-', own)).toBe(own)
  })

  it('leaves full names alone, with hyphens in ids too', () => {
    expect(resolveOwn('organizations/a-b', 'organizations/x')).toBe('organizations/a-b')
  })

  it('has no answer where the caller is bound higher or elsewhere', () => {
    expect(resolveOwn('organizations/-/agents/-', 'organizations/org_1')).toBeUndefined()
    expect(resolveOwn('workspaces/-', 'organizations/org_1')).toBeUndefined()
  })
})
