import { expect } from 'vitest'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Each answer names its request by an id unlike any other: in `x-request-id` and, as these are refusals, in its body. */
export async function checkRequestIds(url: string, paths: readonly string[]): Promise<void> {
  const ids = await Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(url + path)
      const { request_id: told } = (await answer.json()) as { request_id?: unknown }
      const id = answer.headers.get('x-request-id')
      expect(id).toMatch(UUID)
      expect(told).toBe(id)
      return id
    }),
  )
  expect(new Set(ids).size).toBe(paths.length)
}
