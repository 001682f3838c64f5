import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepSink, rememberSecret } from '../../tools/canary/registry.ts'
import { ask } from '../../tools/run/ask.ts'
import { startProcess } from '../../tools/run/start-process.ts'

const SERVER = join(import.meta.dirname, 'server.ts')
const SHOWN = /^(live|test) key \(shown once\): (chr_sk_\1_\w+)$/

describe('the chronary-modes server', () => {
  test(
    'shows both keys on the first start only, and keeps keys and data',
    { timeout: 60_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'chronary-modes-'))
      const env = { DATA_DIR: folder, CHRONARY_MONTHLY_QUOTA: '5' }
      const first = await startProcess([SERVER], env)
      expect(first.lines).toEqual([
        expect.stringMatching(SHOWN),
        expect.stringMatching(SHOWN),
        `chronary-modes listening on ${first.url}`,
      ])
      const keys = first.lines.slice(0, 2).map((line) => SHOWN.exec(line)?.[2] ?? '')
      for (const key of keys) {
        rememberSecret(key)
        const body = { name: 'Ada' }
        expect((await ask(`${first.url}/v1/agents`, { method: 'POST', key, body })).status).toBe(
          201,
        )
      }
      expect(await first.stop()).toBe(0)

      const second = await startProcess([SERVER], env)
      expect(second.lines).toEqual([`chronary-modes listening on ${second.url}`])
      for (const key of keys) {
        const listed = await ask(`${second.url}/v1/agents`, { key })
        expect(listed.body).toMatchObject({ data: [{ name: 'Ada' }] })
      }
      const usage = await ask(`${second.url}/v1/usage`, { key: keys[0] ?? '' })
      expect(usage.body).toMatchObject({ quota: { limit: 5, used: 2, remaining: 3 } })
      expect(await second.stop()).toBe(0)
      keepSink(folder)
      rmSync(folder, { recursive: true })
    },
  )
})
