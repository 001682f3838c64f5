// `token ls`: which tokens are listed.

import { expect, test } from 'vitest'
import { AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const TOKEN = newSecret('al')

test('token ls leaves out what was revoked, says how much that is, and has it with --all', async () => {
  const product = await startProduct([TOKEN])
  product.spoil((_, response) => {
    const data = [
      { id: 'tok_1', name: 'counts' },
      { id: 'tok_2', name: 'revoked', revoked_at: '2026-01-01T00:00:00Z' },
      // By the clock of this machine, which may be wrong.
      { id: 'tok_3', name: 'expired', expires_at: '2026-06-01T12:00:00Z' },
    ]
    response.writeHead(200, { 'content-type': 'application/json' })
    return response.end(JSON.stringify({ data }))
  })
  const list = async (...flags: readonly string[]) => {
    const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
    const args = ['token', 'ls', '--json', ...flags]
    const { stdout, stderr } = await new Home().play(AUTOLAB, { args, env })
    return { names: (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name), stderr }
  }
  expect(await list()).toEqual({
    names: ['counts', 'expired'],
    stderr: '1 more was revoked; see --all.\n',
  })
  const all = ['counts', 'revoked', 'expired']
  expect(await list('--all')).toEqual({ names: all, stderr: '' })
})
