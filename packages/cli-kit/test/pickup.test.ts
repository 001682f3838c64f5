// Where a command line has codes for other machines. What they do is in the story against a real server.

import { defineBrand, hostsJson, type Routes } from '@keywright/client'
import { describe, expect, test } from 'vitest'
import type { CommandLine } from '../src/tree/command-line.ts'
import { AUTOLAB, METHODIC } from './world/lines.ts'
import { Home } from './world/play.ts'

function lineWith(routes: Partial<Routes> = {}): CommandLine {
  const brand = defineBrand({
    id: 'acme',
    client: 'Acme',
    env: 'ACME',
    settings: {
      api_key: { type: 'credential' },
      server_url: { type: 'server', default: 'https://api.acme.example' },
    },
    files: hostsJson({ directory: { xdg: 'acme' } }),
    routes,
  })
  return { brand, name: 'acme', version: '1.0.0', login: { way: 'prompt' } }
}

/** Whether `token create` sends and `login` picks up, as their help says. */
async function flagsOf(line: CommandLine): Promise<readonly boolean[]> {
  const home = new Home()
  const helpOf = async (...args: string[]) =>
    (await home.play(line, { args: [...args, '--help'] })).stdout
  const create = await helpOf('token', 'create')
  return [create.includes('--send'), (await helpOf('login')).includes('--pickup')]
}

describe('codes for other machines', () => {
  test('are there where the server is a Keywright server, or where the brand names the routes', async () => {
    expect(await flagsOf(lineWith())).toEqual([true, true])
    const own = { createKey: 'POST /v1/tokens' } as const
    expect(await flagsOf(lineWith(own))).toEqual([false, false])
    const send = { ...own, createPickup: 'POST /v1/send' } as const
    expect(await flagsOf(lineWith(send))).toEqual([false, false])
    const both = { ...send, redeemPickup: 'POST /v1/take' } as const
    expect(await flagsOf(lineWith(both))).toEqual([true, true])
  })

  test('are not there for products that do without', async () => {
    expect(await flagsOf(AUTOLAB)).toEqual([false, false])
    const { exit } = await new Home().play(METHODIC, { args: ['auth', 'login', '--pickup'] })
    expect(exit).toBe(2)
  })

  test('a server without them is told as such, and nothing is stored', async () => {
    const home = new Home()
    const answer = { code: 'not_found', detail: 'There is nothing here.' }
    const { exit, stderr } = await home.play(lineWith(), {
      args: ['login', '--pickup', 'WDJB-MJHT-QXNC-LSRZ'],
      world: {
        fetch: () =>
          Promise.resolve(
            new Response(JSON.stringify(answer), {
              status: 404,
              headers: { 'content-type': 'application/problem+json' },
            }),
          ),
      },
    })
    expect(exit).toBe(6)
    expect(stderr).toContain('There is nothing here. (404 not_found)')
    expect(home.files()).toEqual([])
  })

  test('a code that is not valid may have been typed here before, which is said with its consequence', async () => {
    const answer = { code: 'pickup_ended', title: 'Gone', detail: 'This code is not valid.' }
    const headers = { 'content-type': 'application/problem+json' }
    const { stderr } = await new Home().play(lineWith(), {
      args: ['login', '--pickup', 'WDJB-MJHT-QXNC-LSRZ', '--json'],
      world: {
        fetch: () =>
          Promise.resolve(new Response(JSON.stringify(answer), { status: 410, headers })),
      },
    })
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        code: 'login_refused',
        hint: 'If it was used on this machine before, that login is ended too: send another.',
      },
    })
  })

  test('an answer that shows no token is told as that of another product', async () => {
    const home = new Home()
    const { exit, stderr } = await home.play(lineWith(), {
      args: ['login', '--pickup', 'WDJB-MJHT-QXNC-LSRZ'],
      world: { fetch: () => Promise.resolve(Response.json({ id: 'key_1' })) },
    })
    expect(exit).toBe(1)
    expect(stderr).toContain('did not say it')
    expect(home.files()).toEqual([])
  })
})
