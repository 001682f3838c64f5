import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepSink, rememberSecret } from '../../tools/canary/registry.ts'
import { ask } from '../../tools/run/ask.ts'
import { startProcess } from '../../tools/run/start-process.ts'

const SERVER = join(import.meta.dirname, 'server.ts')
const SHOWN = /^workspace ([AB]) key \(shown once\): (chron_wk_\w+)$/
const SETTINGS = /^workspace ([AB]) settings key \(shown once\): (chron_settings_\w+)$/

describe('the chronicle server', () => {
  test(
    'shows the keys of two workspaces on the first start only, and keeps keys and data',
    { timeout: 60_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'chronicle-'))
      const env = { DATA_DIR: folder }
      const first = await startProcess([SERVER], env)
      expect(first.lines).toEqual([
        expect.stringMatching(SHOWN),
        expect.stringMatching(SETTINGS),
        expect.stringMatching(SHOWN),
        expect.stringMatching(SETTINGS),
        `chronicle listening on ${first.url}`,
      ])
      const keys = first.lines.flatMap((line) => SHOWN.exec(line)?.[2] ?? [])
      const settings = first.lines.flatMap((line) => SETTINGS.exec(line)?.[2] ?? [])
      for (const key of [...keys, ...settings]) rememberSecret(key)
      const path = '/api/v1/presentations'
      const body = { title: 'Plan' }
      for (const key of keys) {
        expect((await ask(first.url + path, { method: 'POST', key, body })).status).toBe(201)
      }
      expect(await first.stop()).toBe(0)

      const second = await startProcess([SERVER], env)
      expect(second.lines).toEqual([`chronicle listening on ${second.url}`])
      for (const key of keys) {
        const listed = await ask(second.url + path, { headers: { 'x-api-key': key } })
        expect(listed.body).toMatchObject({ data: [{ title: 'Plan' }] })
      }
      const named = await ask(`${second.url}/settings/api/keys`, { key: settings[0] ?? '' })
      expect(named.body).toMatchObject({ data: [{ name: 'First key' }] })
      expect(await second.stop()).toBe(0)
      keepSink(folder)
      rmSync(folder, { recursive: true })
    },
  )
})
