// One person on several machines, and many processes on one: nobody is logged out by anybody else.

import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { verdict } from '../world/open-world.ts'
import { listening, Machine } from './machine.ts'

const READERS = 8
const ROTATIONS = 4
const HOUR_MS = 3_600_000

const ROTATE = ['token', 'rotate', 'ada@laptop']

/** Names of the logins that the person has, as this machine lists them. */
async function loginsOf(machine: Machine): Promise<string[]> {
  const { stdout } = await machine.run(['token', 'ls', '--json'])
  const tokens = JSON.parse(stdout) as { name: string; revoked_at: string | null }[]
  return tokens.flatMap(({ name, revoked_at }) => (revoked_at === null ? [name] : [])).toSorted()
}

async function openBoth() {
  const server = await listening()
  return { server, laptop: new Machine(server, 'ada@laptop'), box: new Machine(server, 'ada@box') }
}

describe('complaint 7: a login elsewhere', () => {
  it('ends no other, and a second one of the same machine replaces its own alone', async () => {
    const { server, laptop, box } = await openBoth()
    const { token: first } = await laptop.logInByBrowser()
    const { token: ofBox } = await box.logInByBrowser()
    expect(await verdict(server, first)).toBe('allowed')
    const { token: again } = await laptop.logInByBrowser()
    expect(await verdict(server, first)).toBe('key_revoked')
    expect([await verdict(server, again), await verdict(server, ofBox)]).toEqual([
      'allowed',
      'allowed',
    ])
    expect(await loginsOf(laptop)).toEqual(['ada@box', 'ada@laptop'])
  })

  it('is listed by its machine, and ended alone', async () => {
    const { server, laptop, box } = await openBoth()
    const { token: ofLaptop } = await laptop.logInByBrowser()
    const { token: ofBox } = await box.logInByBrowser()
    expect((await laptop.run(['token', 'revoke', 'ada@box'])).exit).toBe(0)
    expect(await verdict(server, ofBox)).toBe('key_revoked')
    expect(await verdict(server, ofLaptop)).toBe('allowed')
    expect((await box.run(['whoami'])).exit).toBe(4)
    expect((await laptop.run(['whoami'])).exit).toBe(0)
  })
})

describe('complaint 6: many processes with one login', () => {
  it('stay logged in while another rotates it, and keep the newer secret', async () => {
    const { server, laptop } = await openBoth()
    const { token: before } = await laptop.logInByBrowser()
    const rotate = laptop.start([...ROTATE, '--overlap', '1h'])
    // Half of them only read; the others write the same file too.
    const others = Array.from({ length: READERS }, (_, index) =>
      index % 2 === 0 ? laptop.start(['whoami']) : laptop.start(['switch', server.origin]),
    )
    const rotated = await rotate
    rememberSecret(rotated.stdout.trim())
    for (const { exit, stderr } of await Promise.all(others)) {
      expect({ exit, stderr: exit === 0 ? '' : stderr }).toEqual({ exit: 0, stderr: '' })
    }
    expect(rotated.exit).toBe(0)
    expect(await laptop.token()).toBe(rotated.stdout.trim())
    expect(await verdict(server, before)).toBe('allowed')
    server.clock.advance(HOUR_MS + 1)
    expect(await verdict(server, before)).not.toBe('allowed')
    expect((await laptop.run(['whoami'])).exit).toBe(0)
  })

  it('that rotate it at once take turns, and the newest secret is the one that stays', async () => {
    const { server, laptop } = await openBoth()
    await laptop.logInByBrowser()
    const rotations = await Promise.all(
      Array.from({ length: ROTATIONS }, () => laptop.start([...ROTATE, '--overlap', '1h'])),
    )
    for (const { stdout } of rotations) rememberSecret(stdout.trim())
    expect(rotations.map(({ exit }) => exit)).toEqual(rotations.map(() => 0))
    const stored = await laptop.token()
    expect(rotations.map(({ stdout }) => stdout.trim())).toContain(stored)
    server.clock.advance(HOUR_MS + 1)
    expect(await verdict(server, stored)).toBe('allowed')
    expect((await laptop.run(['whoami'])).exit).toBe(0)
  })

  it('lose no newer login to a rotation that comes late', async () => {
    const { server, laptop } = await openBoth()
    await laptop.logInByBrowser()
    const rotate = laptop.start(ROTATE)
    const { token: newer } = await laptop.logInByBrowser()
    rememberSecret((await rotate).stdout.trim())
    const stored = await laptop.token()
    expect(await verdict(server, stored)).toBe('allowed')
    expect((await laptop.run(['whoami'])).exit).toBe(0)
    expect([newer, (await rotate).stdout.trim()]).toContain(stored)
  })
})
