import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPage } from '../../src/http/pages.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import type { Experiment } from '../../testing/chronicle.ts'
import { chronicleOf, KEY } from '../../testing/client.ts'
import { inTurn, json, serve } from '../../testing/server.ts'

rememberSecret(KEY)

const experiment = (id: string): Experiment => ({ id, name: id, organization_id: null })

test('for await goes through all pages, and asks for each when it is needed', async () => {
  const server = await serve(
    inTurn(
      json(200, { data: [experiment('a'), experiment('b')], next_cursor: 'c1' }),
      json(200, { data: [], next_cursor: 'c2' }),
      json(200, { data: [experiment('c')], next_cursor: null }),
    ),
  )
  const list = chronicleOf(server).experiments.list()
  expect(server.asked).toHaveLength(0)
  const ids: string[] = []
  const asked: number[] = []
  for await (const { id } of list) {
    ids.push(id)
    asked.push(server.asked.length)
  }
  expect(ids).toEqual(['a', 'b', 'c'])
  expect(asked).toEqual([1, 1, 3])
  expect(server.asked.map(({ url }) => url)).toEqual([
    '/experiments',
    '/experiments?cursor=c1',
    '/experiments?cursor=c2',
  ])
})

test('awaited, a list is its first page, with its response when asked', async () => {
  const body = { data: [experiment('a')], next_cursor: 'c1' }
  const server = await serve(json(200, body, { 'x-request-id': 'req_2' }))
  const list = chronicleOf(server).experiments.list()
  expect(await list).toMatchObject({ nextCursor: 'c1' })
  expect((await list.page('c0').withResponse()).requestId).toBe('req_2')
  expect(server.asked[1]?.url).toBe('/experiments?cursor=c0')
})

test('a list that goes in circles ends with an error instead of never', async () => {
  const server = await serve(json(200, { data: [experiment('a')], next_cursor: 'again' }))
  const read = async (): Promise<void> => {
    for await (const item of chronicleOf(server).experiments.list()) expect(item.id).toBe('a')
  }
  await expect(read()).rejects.toMatchObject({ code: 'repeated_cursor' })
  expect(server.asked).toHaveLength(2)
})

test('what is no page is named as such', async () => {
  const server = await serve(json(200, { items: [] }))
  await expect(chronicleOf(server).experiments.list()).rejects.toMatchObject({
    code: 'not_the_api',
  })
})

test('a list that fails can be caught as a promise is', async () => {
  const list = chronicleOf(await serve(json(200, { items: [] }))).experiments.list()
  expect(await list.catch((reason: unknown) => String(reason))).toContain('no page of a list')
})

test('reading a page takes pages and nothing else, and never throws', () => {
  const page = fc.record({
    data: fc.array(fc.jsonValue()),
    next_cursor: fc.oneof(fc.constant(null), fc.string({ minLength: 1 })),
  })
  fc.assert(
    fc.property(page, (body) => {
      expect(readPage(body)).toEqual({ data: body.data, nextCursor: body.next_cursor })
    }),
  )
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const read = readPage(body)
      expect(read === undefined || Array.isArray(read.data)).toBe(true)
    }),
  )
})
