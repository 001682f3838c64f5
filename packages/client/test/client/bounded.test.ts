import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mapBounded } from '../../src/index.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { chronicleOf, KEY } from '../../testing/client.ts'
import { serve } from '../../testing/server.ts'

rememberSecret(KEY)

test('never more tasks at once than there are workers, and results stand in order', async () => {
  const sizes = fc.record({ count: fc.nat(30), workers: fc.integer({ min: 1, max: 8 }) })
  await fc.assert(
    fc.asyncProperty(sizes, fc.scheduler(), async ({ count, workers }, scheduler) => {
      let running = 0
      let most = 0
      const items = Array.from({ length: count }, (_, index) => index)
      const all = mapBounded(items, workers, async (item) => {
        running += 1
        most = Math.max(most, running)
        await scheduler.schedule(Promise.resolve())
        running -= 1
        return item * 2
      })
      expect(await scheduler.waitFor(all)).toEqual(items.map((item) => item * 2))
      expect(most).toBe(Math.min(count, workers))
    }),
    { numRuns: 50 },
  )
})

test('the first failure stops the rest and is thrown when none runs any more', async () => {
  const began: number[] = []
  let stopped = 0
  const all = mapBounded([0, 1, 2, 3, 4], 2, async (item, signal) => {
    began.push(item)
    if (item === 1) throw new Error('no room')
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        stopped += 1
        resolve()
      })
    })
  })
  await expect(all).rejects.toThrow('no room')
  expect(began).toEqual([0, 1])
  expect(stopped).toBe(1)
})

test('workers must be a number of workers', async () => {
  for (const workers of [0, -1, 1.5, Number.NaN]) {
    await expect(mapBounded([1], workers, Promise.resolve)).rejects.toThrow(RangeError)
  }
})

test('uploads run as many at once as max_upload_workers says', async () => {
  let running = 0
  let most = 0
  const server = await serve(({ body }, response) => {
    running += 1
    most = Math.max(most, running)
    setImmediate(() => {
      running -= 1
      response.writeHead(201, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ id: `asset_${body}` }))
    })
  })
  const client = chronicleOf(server, { maxUploadWorkers: 2 })
  const ids = await client.assets.upload(['a', 'b', 'c', 'd', 'e'])
  expect(ids).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `asset_${name}`))
  expect(most).toBeLessThanOrEqual(2)
})
