// A token for another machine: a code on the laptop, typed on the other one, against the product's own server.

import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { good } from '../people/lab.ts'
import { verdict } from '../world/open-world.ts'
import { listening, Machine } from './machine.ts'

async function openBoth() {
  const server = await listening()
  const laptop = new Machine(server, 'ada@machine')
  const { token } = await laptop.logInByBrowser()
  const box = new Machine(server, 'root@machine')
  const send = async (...more: readonly string[]) => {
    const sent = await laptop.run(['token', 'create', '--name', 'gpubox', '--send', ...more])
    const code = sent.stdout.trim()
    rememberSecret(code)
    return { ...sent, code }
  }
  return { server, laptop, box, token, send }
}

function piped(text: string): PassThrough {
  const stdin = new PassThrough()
  stdin.end(text)
  return stdin
}

describe('a token for another machine', () => {
  it('is a one-time code here and a login there, and no secret in any argument', async () => {
    const { server, laptop, box, send } = await openBoth()
    const { exit, stdout, stderr, code } = await send('--expires', '12h')
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^(?:[B-Z]{4}-){3}[B-Z]{4}\n$/)
    expect(stderr).toMatch(
      new RegExp(
        `^On the other machine run \`studio login --pickup --server-url ${server.origin}\` and type this code\\. It works once, until \\S+\\.\\n$`,
      ),
    )
    const login = ['login', '--pickup', '--server-url', server.origin]
    const there = await box.type(login, code.toLowerCase().replaceAll('-', ' '))
    expect(there).toMatchObject({ exit: 0, stdout: '' })
    expect(there.stderr).toMatch(/^Pick-up code \(input hidden\): \nLogged in as ada/)
    expect(there.stderr).not.toContain(code)
    expect((await box.run(['whoami'])).stdout).toBe(`${server.origin}  ada\n`)
    const made = await box.token()
    expect(await verdict(server, made, { scope: 'films:read' })).toBe('allowed')
    expect((await laptop.run(['token', 'tree'])).stdout).toMatch(/└─ gpubox {2}key_/)
    server.clock.advance(43_200_001)
    expect(await verdict(server, made)).toBe('key_expired')
  })

  it('is one JSON document with the command for the other machine', async () => {
    const { laptop, server } = await openBoth()
    const sent = await laptop.run(['token', 'create', '--name', 'gpubox', '--send', '--json'])
    const told = JSON.parse(sent.stdout) as Record<string, string>
    rememberSecret(told['code'] ?? '')
    expect(told).toEqual({
      id: expect.stringMatching(/^pku_/),
      name: 'gpubox',
      code: expect.stringMatching(/^[B-Z-]{19}$/),
      expires_at: expect.stringMatching(/^\d{4}-.*Z$/),
      command: `studio login --pickup --server-url ${server.origin}`,
    })
  })

  it('is picked up with a code as argument or from standard input too', async () => {
    const { server, send } = await openBoth()
    for (const how of ['argument', 'stdin']) {
      const { code } = await send()
      const machine = new Machine(server, 'root@machine')
      const stdin = piped(`${code}\n`)
      const args = ['login', '--pickup', how === 'stdin' ? '-' : code, '--json']
      const { exit, stdout } = await machine.run(args, { stdin })
      expect(exit).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({ name: 'ada', is_verified: true })
      expect(await verdict(server, await machine.token())).toBe('allowed')
    }
  })

  it('a code that two machines send logs neither of them in for long', async () => {
    const { server, box, send } = await openBoth()
    const { code } = await send()
    expect((await box.run(['login', '--pickup', code])).exit).toBe(0)
    const made = await box.token()
    const thief = new Machine(server, 'eve@machine')
    const late = await thief.run(['login', '--pickup', code])
    expect(late).toMatchObject({ exit: 4, stdout: '' })
    expect(late.stderr).toMatch(/^studio: This code is not valid\. Check it, or ask for a new one/)
    expect(late.stderr).not.toContain(code)
    expect(thief.files()).toEqual([])
    expect(await verdict(server, made)).toBe('key_revoked')
    expect((await box.run(['whoami'])).exit).toBe(4)
  })

  it('is not made any more when the laptop has logged out', async () => {
    const { laptop, box, send } = await openBoth()
    const { code } = await send()
    await laptop.run(['logout'])
    const { exit, stderr } = await box.run(['login', '--pickup', code])
    expect(exit).toBe(4)
    expect(stderr).toContain('Who sent this code cannot make its key any more')
    expect(box.files()).toEqual([])
  })

  it('logout on that machine ends it, and a login there takes its place', async () => {
    const { server, box, send } = await openBoth()
    await box.run(['login', '--pickup', (await send()).code])
    const first = await box.token()
    expect((await box.run(['logout'])).stderr).toContain('It is ended at')
    expect(await verdict(server, first)).toBe('key_revoked')
    const own = new Machine(server, 'ada@machine')
    await own.run(['login', '--pickup', (await send()).code])
    const second = await own.token()
    await own.logInByBrowser()
    expect(await verdict(server, second)).toBe('key_revoked')
  })
})

describe('a pick-up that comes to nothing', () => {
  it('ends the token that the server had just given when it cannot be checked', async () => {
    const { server, box, send } = await openBoth()
    const { code } = await send()
    const got: string[] = []
    const { exit, stderr } = await box.run(['login', '--pickup', code], {
      wait: () => Promise.resolve(),
      async fetch(input, init) {
        if (new Request(input).url.endsWith('/v1/me/scopes'))
          return new Response('', { status: 503 })
        const response = await fetch(input, init)
        const { key } = (await response.clone().json()) as { key?: string }
        if (key !== undefined) got.push(key)
        return response
      },
    })
    expect(exit).toBe(1)
    expect(stderr).toContain('The token that the server had just given is ended there.')
    expect(box.files()).toEqual([])
    for (const secret of got) rememberSecret(secret)
    expect(await verdict(server, got[0] ?? '')).toBe('key_revoked')
  })

  it('sends the code once and in the body alone, and no credential that is in force', async () => {
    const { box, send } = await openBoth()
    const { code } = await send()
    const asked: Request[] = []
    const { exit } = await box.run(['login', '--pickup', code], {
      wait: () => Promise.resolve(),
      fetch(input, init) {
        asked.push(new Request(input, init))
        return Promise.reject(new TypeError('fetch failed'))
      },
    })
    expect(exit).toBe(8)
    expect(asked).toHaveLength(1)
    const [{ url, headers }] = asked as [Request]
    expect(new URL(url).pathname).toBe('/v1/pickups/redeem')
    expect(url).not.toContain(code)
    expect([headers.get('authorization'), headers.get('idempotency-key')]).toEqual([null, null])
    expect(await asked[0]?.text()).toContain(code)
  })

  it('asks nobody without a terminal, for nothing and for what is no code', async () => {
    const { server, box, token } = await openBoth()
    const asked: string[] = []
    const world = {
      fetch: (input: string | URL | Request) => {
        asked.push(new Request(input).url)
        return Promise.reject(new TypeError('fetch failed'))
      },
    }
    const alone = await box.run(['login', '--pickup'], world)
    expect(alone.exit).toBe(4)
    expect(alone.stderr).toContain('Run `studio login --pickup -` and give the code')
    for (const text of ['  ', token, 'x'.repeat(200), 'né-pas-un-code']) {
      const { exit, stderr } = await box.run(['login', '--pickup', '-'], {
        ...world,
        stdin: piped(text),
      })
      expect(exit).toBe(2)
      expect(stderr).not.toContain(text)
    }
    const both = await box.run(['login', '--pickup', '--with-token'], world)
    expect(both.exit).toBe(2)
    expect(asked).toEqual([])
    expect(await verdict(server, token)).toBe('allowed')
  })

  it('of which the answer with the code was lost says so, and a new one works', async () => {
    const { laptop, send } = await openBoth()
    let isLost = false
    const lost = await laptop.run(['token', 'create', '--name', 'gpubox', '--send'], {
      wait: () => Promise.resolve(),
      async fetch(input, init) {
        const response = await fetch(input, init)
        if (!new Request(input).url.endsWith('/v1/pickups') || isLost) return response
        isLost = true
        const { pickup_code: code } = (await response.json()) as { pickup_code: string }
        rememberSecret(code)
        throw new TypeError('fetch failed')
      },
    })
    expect(lost).toMatchObject({ exit: 1, stdout: '' })
    expect(lost.stderr).toContain('The server made a code and did not say it.')
    expect((await send()).exit).toBe(0)
  })
})

it('what happened is in the events of the person, without the code', async () => {
  const { server, box, send } = await openBoth()
  const { code } = await send()
  await box.run(['login', '--pickup', code])
  await box.token()
  const { events } = await good(server.authority.events.list({ limit: 100 }))
  const steps = events.filter(({ type }) => type.startsWith('pickup.'))
  expect(steps.map(({ type }) => type)).toEqual(['pickup.created', 'pickup.redeemed'])
  expect(steps[1]?.data).toMatchObject({ device_name: 'root@machine' })
  for (const form of [code, code.replaceAll('-', '')]) {
    expect(JSON.stringify(events)).not.toContain(form)
    for (const line of server.lines) expect(line).not.toContain(form)
  }
})
