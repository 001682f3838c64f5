// What a person sees before a token ends, and what a script is told.

import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { agoOf } from '../src/session/ago.ts'
import { AUTOLAB } from './world/lines.ts'
import { Home, type Play } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const TOKEN = newSecret('al')
const NOW = Date.parse('2026-06-01T12:00:00Z')
const LINE = { ...AUTOLAB, commands: ['token revoke', 'token rotate'] as const }

/** A server with two tokens, the second made with the first; each was used so long ago. */
async function withTokens(used: { readonly box?: number; readonly worker?: number }) {
  const product = await startProduct([TOKEN])
  const at = (minutes: number | undefined): string | null =>
    minutes === undefined ? null : new Date(NOW - minutes * 60_000).toISOString()
  product.spoil((request, response) => {
    if (request.method === 'DELETE') return response.writeHead(204).end()
    const box = { id: 'tok_1', name: 'gpu-box', last_used_at: at(used.box) }
    const worker = { id: 'tok_2', name: 'worker', made_with: 'tok_1' }
    const data = [box, { ...worker, last_used_at: at(used.worker) }]
    response.writeHead(200, { 'content-type': 'application/json' })
    return response.end(JSON.stringify({ data }))
  })
  const revoke = async (play: Partial<Play> = {}, line: typeof AUTOLAB = LINE) => {
    const { exit, stdout, stderr } = await new Home().play(line, {
      args: ['token', 'revoke', 'gpu-box'],
      world: { now: () => NOW },
      ...play,
      env: { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN },
    })
    const isRevoked = product.asked.includes('DELETE /v1/tokens/tok_1')
    return { exit, stdout, lines: stripVTControlCharacters(stderr).trim().split('\n'), isRevoked }
  }
  return { revoke }
}

const DONE = ['Revoked gpu-box (tok_1).', 'With it ended what was made with it: worker.']

describe('revoking a token', () => {
  test('on a terminal shows first when it and what was made with it were used', async () => {
    const { revoke } = await withTokens({ box: 3 * 24 * 60 })
    expect(await revoke({ typed: '' })).toEqual({
      exit: 0,
      stdout: '',
      lines: [
        'gpu-box (tok_1) was used 3 d ago.',
        'worker (tok_2), made with gpu-box, ends with it and has no use that is known.',
        ...DONE,
      ],
      isRevoked: true,
    })
  })

  test('that was used within the hour asks on a terminal, and says how to replace it instead', async () => {
    const { revoke } = await withTokens({ box: 3 })
    const { exit, lines, isRevoked } = await revoke({ typed: 'n\n' })
    expect({ exit, isRevoked }).toEqual({ exit: 1, isRevoked: false })
    expect(lines).toEqual([
      'gpu-box (tok_1) was used 3 min ago.',
      'worker (tok_2), made with gpu-box, ends with it and has no use that is known.',
      'For a new secret without a gap: autolab token rotate tok_1 --overlap 1h',
      'What uses gpu-box stops. Revoke gpu-box? [y/N] autolab: Nothing was revoked.',
    ])
    expect((await revoke({ typed: 'y\n' })).isRevoked).toBe(true)
  })

  test('asks also when only what was made with it is in use, and not under --yes', async () => {
    const { revoke } = await withTokens({ worker: 59 })
    const refused = await revoke({ typed: 'n\n' })
    expect(refused.lines.join('\n')).toContain('What uses worker stops. Revoke gpu-box?')
    expect(refused.isRevoked).toBe(false)
    const args = ['token', 'revoke', 'gpu-box', '--yes']
    expect(await revoke({ typed: '', args })).toMatchObject({ exit: 0, isRevoked: true })
  })

  test('without a terminal goes on, with a warning where it was used within the hour', async () => {
    const used = await withTokens({ box: 3 })
    expect(await used.revoke()).toMatchObject({
      exit: 0,
      lines: ['warning: gpu-box was used 3 min ago.', ...DONE],
      isRevoked: true,
    })
    const yes = await used.revoke({ args: ['token', 'revoke', 'gpu-box', '--yes'] })
    expect(yes.lines).toEqual(DONE)
    const unused = await withTokens({ box: 61 })
    expect((await unused.revoke()).lines).toEqual(DONE)
  })

  test('of a strict product asks and says nothing more than its documentation', async () => {
    const { revoke } = await withTokens({ box: 3 })
    const strict = { ...LINE, isStrict: true }
    expect(await revoke({ typed: '' }, strict)).toMatchObject({ lines: DONE, isRevoked: true })
  })

  test('says under --json when it was used', async () => {
    const { revoke } = await withTokens({ box: 61 })
    const { stdout } = await revoke({ args: ['token', 'revoke', 'gpu-box', '--json'] })
    expect(JSON.parse(stdout)).toEqual({
      id: 'tok_1',
      name: 'gpu-box',
      is_revoked: true,
      last_used_at: '2026-06-01T10:59:00.000Z',
      ended_with_it: ['tok_2'],
    })
  })
})

test.each(['', ' '])('%j is the beginning of every id, and ends none', async (name) => {
  const product = await startProduct([TOKEN])
  product.spoil((_, response) => response.end(JSON.stringify({ data: [{ id: 'tok_1' }] })))
  const { exit, stderr } = await new Home().play(LINE, {
    args: ['token', 'revoke', name],
    env: { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN },
  })
  expect([exit, stderr]).toEqual([2, 'autolab: The token has no name.\nGive its name or its id.\n'])
  expect(product.asked.filter((asked) => asked.startsWith('DELETE'))).toEqual([])
})

test.each([
  [-5000, '0 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [3_599_999, '59 min ago'],
  [3_600_000, '1 h ago'],
  [86_400_000 * 40, '40 d ago'],
])('%i ms are %s', (milliseconds, said) => {
  expect(agoOf(milliseconds)).toBe(said)
})
