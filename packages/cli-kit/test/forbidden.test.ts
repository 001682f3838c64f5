// A refusal for missing scopes, and what a person is told to do about it.

import { describe, expect, test } from 'vitest'
import { AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const NARROW = newSecret('al')
const WIDE = newSecret('al')
const FILE = '.config/autolab/credentials.json'

interface Answers {
  /** What the refusal asks for. */
  readonly scope?: string
  /** What `GET /v1/me/scopes` says, by credential; undefined: nothing. */
  readonly reach: Readonly<Record<string, object | undefined>>
}

/** A server that refuses everything but to say who somebody is. */
async function refusing({ reach, scope = 'runs:write' }: Answers) {
  const product = await startProduct([])
  product.spoil((request, response) => {
    const credential = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const isAsked = request.url === '/v1/me/scopes'
    const known = isAsked ? reach[credential] : undefined
    const refusal = { code: 'insufficient_scope', detail: 'Not this.', scope }
    response.writeHead(known === undefined ? (isAsked ? 503 : 403) : 200, {
      'content-type': 'application/json',
    })
    response.end(JSON.stringify(known ?? refusal))
  })
  const play = async (change: { stored?: string; isAlone?: boolean; args?: string[] } = {}) => {
    const home = new Home()
    const hosts = { [product.url]: { token: change.stored } }
    if (change.stored !== undefined) await home.put({ [FILE]: JSON.stringify({ hosts }) })
    const variable = change.isAlone === true ? {} : { AUTOLAB_TOKEN: NARROW }
    return home.play(AUTOLAB, {
      args: change.args ?? ['token', 'ls'],
      env: { AUTOLAB_HOST: product.url, ...variable },
      world: { wait: () => Promise.resolve() },
    })
  }
  return { product, play }
}

const VIEWER = [{ id: 'org_1', slug: 'acme', name: 'Acme Research', role: 'viewer' }]

describe('a refusal that names the scopes it needs', () => {
  test('says the command that makes a fitting token, where the person may do it', async () => {
    const narrow = { scopes: ['runs:*'], key: { scopes: ['runs:read'] }, organizations: VIEWER }
    const { play } = await refusing({ reach: { [NARROW]: narrow } })
    const { exit, stdout, stderr } = await play()
    expect([exit, stdout]).toEqual([5, ''])
    expect(stderr).toMatch(
      /\nIt needs runs:write\. You have that: `autolab token create --name runs-write --scope runs:write` makes a token with it\.\n/,
    )
  })

  test('says which place hides a stored login that may do it', async () => {
    const reach = { [NARROW]: { scopes: ['runs:read'] }, [WIDE]: { scopes: ['*'] } }
    const { play } = await refusing({ reach })
    const { stderr } = await play({ stored: WIDE })
    expect(stderr).toContain(
      'Your stored login has that: without AUTOLAB_TOKEN, `autolab token create --name runs-write --scope runs:write` makes a token with it.',
    )
    expect(stderr).not.toContain(WIDE)
  })

  test('says whom to ask, where the person may not do it either', async () => {
    const reach = { [NARROW]: { scopes: ['runs:read'], organizations: VIEWER } }
    const { play } = await refusing({ reach })
    expect((await play()).stderr).toContain(
      'It needs runs:write. Ask who administers Acme Research (you are viewer there).',
    )
    const nobody = await refusing({ reach: { [NARROW]: { scopes: ['runs:read'] } } })
    expect((await nobody.play()).stderr).toContain('Ask whoever gave you this credential')
  })

  test('says that it is the role, where the credential itself has the scope', async () => {
    const reach = { [NARROW]: { scopes: ['*'], organizations: VIEWER } }
    const { play } = await refusing({ reach })
    expect((await play()).stderr).toContain(
      'Your role does not have it: ask who administers Acme Research (you are viewer there).',
    )
  })

  test.each([
    ['of what it never has', 'keys:write', ['runs:read']],
    ['of what a token would be made for', 'runs:write', ['runs:read', 'runs:write', 'keys:write']],
  ])('says of a stored login by code, %s, to log in with a browser', async (_, scope, scopes) => {
    const reach = { [NARROW]: { scopes, key: { scopes: ['runs:read'] }, organizations: VIEWER } }
    const { play } = await refusing({ reach, scope })
    const { stderr } = await play({ stored: NARROW, isAlone: true })
    expect(stderr).toContain(
      'A login by code never has that: run `autolab login --web` where there is a browser.',
    )
  })

  test('says no more than the scopes where the server says no more', async () => {
    const { play } = await refusing({ reach: {} })
    expect((await play()).stderr).toMatch(/\nIt needs runs:write\.\n/)
  })

  test.each(['x`touch${IFS}owned`', '$(id)', 'a;id', '--send', "a'b", 'runs:*', '~root'])(
    'puts %j, which a shell would not take as it is, into no command',
    async (scope) => {
      const { play } = await refusing({ scope, reach: { [NARROW]: { scopes: [scope], key: {} } } })
      const { stderr } = await play()
      expect(stderr).toContain(`It needs ${scope}.`)
      expect(stderr).not.toContain('token create')
    },
  )

  test('has the scopes under --json', async () => {
    const reach = { [NARROW]: { scopes: ['runs:read'], organizations: VIEWER } }
    const { play } = await refusing({ reach })
    const { stderr, stdout } = await play({ args: ['token', 'ls', '--json'] })
    expect(stdout).toBe('')
    const told = JSON.parse(stderr) as object
    expect(told).toEqual({
      error: {
        code: 'forbidden',
        message: expect.stringContaining('Not this.'),
        hint: expect.stringContaining('It needs runs:write.'),
        required_scopes: ['runs:write'],
        status: 403,
        api_code: 'insufficient_scope',
      },
    })
    // What is taken out of the words for a secret that was typed in the wrong place leaves everything else.
    const typed = await play({ args: ['token', 'revoke', NARROW, '--json'] })
    expect(JSON.parse(typed.stderr)).toEqual(told)
  })
})

test('a refusal that names no scopes asks the server nothing more', async () => {
  const product = await startProduct([])
  product.spoil((_, response) => response.writeHead(403).end())
  const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: NARROW }
  expect((await new Home().play(AUTOLAB, { args: ['token', 'ls'], env })).exit).toBe(5)
  expect(product.asked).toEqual(['GET /v1/tokens'])
})
