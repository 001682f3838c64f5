import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepSink, rememberSecret } from '../../tools/canary/registry.ts'
import { ask } from '../../tools/run/ask.ts'
import { startProcess } from '../../tools/run/start-process.ts'

const SERVER = join(import.meta.dirname, 'server.ts')
const SHOWN = / \(shown once\): (\S+)$/

describe('the autolab server', () => {
  test(
    'A10: shows two tokens and a sign-in on the first start only, and keeps what is done',
    { timeout: 60_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'autolab-'))
      const first = await startProcess([SERVER], { DATA_DIR: folder })
      expect(first.lines).toEqual([
        expect.stringMatching(/^owner token \(shown once\): al_\w+$/),
        expect.stringMatching(/^viewer token \(shown once\): al_\w+$/),
        expect.stringMatching(
          /^owner sign-in: alice@autolab\.example, password \(shown once\): \S{20}$/,
        ),
        `autolab listening on ${first.url}`,
      ])
      const secrets = first.lines.slice(0, 3).map((line) => SHOWN.exec(line)?.[1] ?? '')
      for (const secret of secrets) rememberSecret(secret)
      const [owner = '', viewer = ''] = secrets
      const nodes = '/v1/projects/alice/nanochat/nodes'
      const body = { name: 'gpu-box' }
      const asOwner = await ask(first.url + nodes, { method: 'POST', key: owner, body })
      const asViewer = await ask(first.url + nodes, { method: 'POST', key: viewer, body })
      expect([asOwner.status, asViewer.status]).toEqual([201, 403])
      expect(await first.stop()).toBe(0)

      const second = await startProcess([SERVER], { DATA_DIR: folder })
      expect(second.lines).toEqual([`autolab listening on ${second.url}`])
      const listed = await ask(second.url + nodes, { key: viewer })
      expect(listed.body).toMatchObject({ data: [{ name: 'gpu-box', registered_by: 'alice' }] })
      expect(await second.stop()).toBe(0)
      keepSink(folder)
      rmSync(folder, { recursive: true })
    },
  )
})
