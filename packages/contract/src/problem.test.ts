import { describe, expect, it } from 'vitest'
import { PROBLEMS } from './problem.ts'
import { problemSchema } from './problem-schema.ts'

describe('problems', () => {
  it('have codes in snake case, statuses of errors and titles of their own', () => {
    const kinds = Object.entries(PROBLEMS)
    for (const [code, { status, title }] of kinds) {
      expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*$/)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(title).toMatch(/^[A-Z].*[^.]$/)
    }
    expect(new Set(kinds.map(([, { title }]) => title)).size).toBe(kinds.length)
  })

  it('have only the members that are declared', () => {
    const problem = { type: 't', title: 't', status: 401, detail: 'd', code: 'invalid_key' }
    expect(problemSchema.parse(problem)).toEqual(problem)
    expect(problemSchema.safeParse({ ...problem, stack: 'at …' }).success).toBe(false)
    expect(problemSchema.safeParse({ ...problem, code: 'made_up' }).success).toBe(false)
  })
})
