// A product's command line against the product's own server: in by browser and by code, one terminal letting another in,
// tokens, and out again.

import { PassThrough } from 'node:stream'
import type { World } from '@keywright/cli-kit'
import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { verdict } from '../world/open-world.ts'
import { listening, Machine } from './machine.ts'
import { sealing } from './studio-line.ts'

/** The environment that a program would have. */
async function envOf({ env, prepare }: Parameters<World['run']>[2]) {
  return { ...env, ...(await prepare?.()) }
}

describe('a command line of a product', () => {
  it('logs in by browser, says who is in, and logs out at the server and here', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    const { exit, token } = await laptop.logInByBrowser()
    expect([exit, await verdict(server, token, { scope: 'films:read' })]).toEqual([0, 'allowed'])
    expect((await laptop.run(['whoami'])).stdout).toBe(`${server.origin}  ada\n`)
    expect((await laptop.run(['logout'])).stderr).toContain('It is ended at')
    expect(await verdict(server, token)).toBe('key_revoked')
    expect((await laptop.run(['whoami'])).exit).toBe(4)
  })

  it('leaves its login standing when it logs out and other tokens live on it, and says how to end them all', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    const { token } = await laptop.logInByBrowser()
    const made = (await laptop.run(['token', 'create', '--name', 'gpu-box'])).stdout.trim()
    rememberSecret(made)
    const worker = { STUDIO_SERVER_URL: server.origin, STUDIO_API_KEY: made, NO_COLOR: '1' }
    const below = await laptop.run(['token', 'create', '--name', 'worker'], { env: worker })
    rememberSecret(below.stdout.trim())
    const { exit, stderr } = await laptop.run(['logout'])
    expect(exit).toBe(0)
    expect(stderr).toMatch(
      new RegExp(
        `^Removed the login ${server.origin}\\.\\n` +
          `warning: it still counts at ${server.origin}, because what was made with it ends with it: gpu-box, worker\\.\\n` +
          'To end them all, log in and run `studio token revoke (key_\\w+)`\\.\\n$',
      ),
    )
    expect(await verdict(server, token)).toBe('allowed')
    expect(await verdict(server, made)).toBe('allowed')
    expect((await laptop.run(['whoami'])).exit).toBe(4)
    await laptop.logInByBrowser()
    expect(await verdict(server, made)).toBe('allowed')
    const id = /token revoke (key_\w+)/.exec(stderr)?.[1] ?? ''
    const ended = await laptop.run(['token', 'revoke', id])
    expect(ended.stderr).toContain('With it ended what was made with it: gpu-box, worker.')
    expect(await verdict(server, made)).not.toBe('allowed')
  })

  it('takes a token that was pasted away here when it logs out, and says why it still counts', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    await laptop.logInByBrowser()
    const made = (await laptop.run(['token', 'create', '--name', 'gpu-box'])).stdout.trim()
    rememberSecret(made)
    const box = new Machine(server, 'ada@machine')
    const stdin = new PassThrough()
    stdin.end(made)
    expect((await box.run(['login', '--with-token'], { stdin })).exit).toBe(0)
    expect(await box.run(['logout'])).toEqual({
      exit: 0,
      stdout: '',
      stderr:
        `Removed the login ${server.origin}.\n` +
        `warning: ${server.origin} ends only what a login of this program got: the credential still counts there. Log in again and run \`studio token revoke NAME\`, or revoke it there.\n`,
    })
    expect(await verdict(server, made)).toBe('allowed')
    expect((await box.run(['whoami'])).exit).toBe(4)
  })

  it('lets another machine in from a terminal that is signed in, without any browser there', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    await laptop.logInByBrowser()
    const remote = new Machine(server, 'root@machine')
    const shown: string[] = []
    const approved: string[] = []
    const { exit } = await remote.run(['login', '--device'], {
      stderr: { write: (text) => shown.push(text) },
      async wait(milliseconds) {
        server.clock.advance(milliseconds)
        const code = /enter the code (\S+)/.exec(shown.join(''))?.[1] ?? ''
        if (approved.length === 0) {
          approved.push((await laptop.run(['approve', code, '--yes'])).stderr)
        }
      },
    })
    expect(exit).toBe(0)
    expect(approved.join('')).toContain('Studio CLI on root@machine wants to act as you')
    expect(approved.join('')).toContain('root@machine is in, and goes on by itself.')
    expect((await remote.run(['whoami'])).stdout).toBe(`${server.origin}  ada\n`)
    rememberSecret((await remote.run(['token'])).stdout.trim())
  })

  it('makes, lists, shows and revokes tokens of the person', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    await laptop.logInByBrowser()
    const made = await laptop.run(['token', 'create', '--name', 'gpu-box', '--expires', '12h'])
    expect(made.stderr).toBe('Made gpu-box. It is shown once.\n')
    const token = made.stdout.trim()
    rememberSecret(token)
    expect(await verdict(server, token, { scope: 'films:read' })).toBe('allowed')
    const listed = JSON.parse((await laptop.run(['token', 'ls', '--json'])).stdout) as object[]
    expect(listed).toContainEqual(expect.objectContaining({ name: 'gpu-box', kind: 'personal' }))
    expect((await laptop.run(['token', 'show', 'gpu-box'])).stdout).toContain(token.slice(0, 10))
    expect((await laptop.run(['token', 'revoke', 'gpu-box'])).exit).toBe(0)
    expect(await verdict(server, token)).toBe('key_revoked')
  })

  it('rotates the token of its own login and goes on with the new secret', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    const { token } = await laptop.logInByBrowser()
    const [own] = JSON.parse((await laptop.run(['token', 'ls', '--json'])).stdout) as [
      { id: string },
    ]
    const rotated = await laptop.run(['token', 'rotate', own.id, '--overlap', '1h'])
    rememberSecret(rotated.stdout.trim())
    expect(rotated.stderr).toContain('You are logged in with the new one.')
    expect((await laptop.run(['token'])).stdout).toBe(rotated.stdout)
    expect(await verdict(server, token)).toBe('allowed')
    server.clock.advance(3_600_001)
    expect(await verdict(server, token)).not.toBe('allowed')
    expect(await verdict(server, rotated.stdout.trim())).toBe('allowed')
  })

  it('seals the new secret of its own login in the way that the earlier one was', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine', sealing)
    const { token } = await laptop.logInByBrowser()
    const before = laptop.stored()
    const { stdout } = await laptop.run(['token', 'ls', '--json'])
    const [own] = JSON.parse(stdout) as [{ id: string }]
    const rotated = await laptop.run(['token', 'rotate', own.id])
    rememberSecret(rotated.stdout.trim())
    expect(rotated.stderr).toContain('The earlier one ended at once.')
    expect(rotated.stderr).toContain('You are logged in with the new one.')
    expect(rotated.stdout).not.toBe(`${token}\n`)
    expect((await laptop.run(['token'])).stdout).toBe(rotated.stdout)
    expect(laptop.stored()).toMatch(/"sealed\.v1\.encrypted-file\./)
    expect(laptop.stored()).not.toBe(before)
  })

  it('shows which token was made with which', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    await laptop.logInByBrowser()
    const made = await laptop.run(['token', 'create', '--name', 'gpu-box'])
    rememberSecret(made.stdout.trim())
    const { stdout } = await laptop.run(['token', 'tree'])
    expect(stdout).toMatch(
      /^ada@machine {2}key_\w+ {2}personal {2}\(this login\)\n└─ gpu-box {2}key_/,
    )
    const [root] = JSON.parse((await laptop.run(['token', 'tree', '--json'])).stdout) as [object]
    expect(root).toMatchObject({ tokens: [{ name: 'gpu-box', tokens: [] }] })
  })

  it('runs a program with a token of its own that ends with it', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    const { token } = await laptop.logInByBrowser()
    let own = ''
    const exit = await laptop.run(['run', '--scope', 'films:read', '--', './job', '--json', '-x'], {
      exists: () => true,
      async run(program, args, how) {
        const env = await envOf(how)
        expect([program, ...args]).toEqual(['./job', '--json', '-x'])
        expect(env['STUDIO_SERVER_URL']).toBe(server.origin)
        own = env['STUDIO_API_KEY'] ?? ''
        rememberSecret(own)
        expect(await verdict(server, own, { scope: 'films:read' })).toBe('allowed')
        expect(await verdict(server, own, { scope: 'films:write' })).not.toBe('allowed')
        return 7
      },
    })
    expect(exit).toMatchObject({ exit: 7, stdout: '', stderr: '' })
    expect(own).not.toBe(token)
    expect(await verdict(server, own)).toBe('key_revoked')
  })

  it('keeps the key of the sealed login from a program that has a narrower token', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada', sealing)
    await laptop.logInByBrowser()
    let seen: string[] = []
    await laptop.run(['run', '--scope', 'films:read', '--', './job'], {
      exists: () => true,
      async run(_program, _args, how) {
        const env = await envOf(how)
        rememberSecret(env['STUDIO_API_KEY'] ?? '')
        const given = Object.entries(env).filter(([, value]) => value !== undefined)
        seen = given.map(([name]) => name).filter((name) => name.startsWith('STUDIO_'))
        return 0
      },
    })
    expect(seen.toSorted()).toEqual(['STUDIO_API_KEY', 'STUDIO_SERVER_URL'])
  })

  it('makes no token for a program that is not there', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada')
    await laptop.logInByBrowser()
    const before = (await laptop.run(['token', 'ls', '--json'])).stdout
    const { exit, stderr } = await laptop.run(['run', '--', 'nosuch'])
    expect(exit).toBe(127)
    expect(stderr).toContain('There is no program nosuch on the PATH; no token was made.')
    const after = (await laptop.run(['token', 'ls', '--json'])).stdout
    expect((JSON.parse(after) as unknown[]).length).toBe((JSON.parse(before) as unknown[]).length)
  })

  it('leaves a token that ends by itself when it could not end it', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    await laptop.logInByBrowser()
    let own = ''
    const { exit, stderr } = await laptop.run(['run', '--ttl', '2m', '--', './job'], {
      exists: () => true,
      async run(_program, _args, how) {
        const env = await envOf(how)
        own = env['STUDIO_API_KEY'] ?? ''
        rememberSecret(own)
        return 0
      },
      fetch: (input, init) =>
        init?.method === 'DELETE'
          ? Promise.reject(new TypeError('fetch failed'))
          : fetch(input, init),
      wait: () => Promise.resolve(),
    })
    expect(exit).toBe(0)
    expect(stderr).toContain('could not be ended')
    expect(await verdict(server, own)).toBe('allowed')
    server.clock.advance(120_001)
    expect(await verdict(server, own)).toBe('key_expired')
  })

  it('ends with 4 and the next command when the key was revoked meanwhile', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'ada@machine')
    const { token } = await laptop.logInByBrowser()
    const env = { STUDIO_SERVER_URL: server.origin, STUDIO_API_KEY: token }
    await laptop.run(['logout'])
    const { exit, stderr } = await laptop.run(['whoami'], { env })
    expect(exit).toBe(4)
    expect(stderr).toContain('STUDIO_API_KEY')
  })
})
