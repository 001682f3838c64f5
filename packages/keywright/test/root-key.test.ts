import { execFile } from 'node:child_process'
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openAuthority } from 'keywright'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { rememberSecret } from '../../../tools/canary/registry.ts'
import { acme } from './world/definitions.ts'
import { makeFolder, openWorld, shown, verdict } from './world/open-world.ts'

const VARIABLE = 'KEYWRIGHT_ROOT_KEY'
const resource = 'organizations/o1'

/** Starts over a folder; the code of the refusal, or 'ok'. */
async function start(database: string): Promise<string> {
  try {
    await (await openAuthority(acme, { database })).close()
    return 'ok'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'no code'
  }
}

describe('the root key', () => {
  it('is made at the first start, for its owner only, and not changed by later ones', async () => {
    const database = join(makeFolder(), 'acme.db')
    expect(await start(database)).toBe('ok')
    const path = `${database}.rootkey`
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const text = readFileSync(path, 'utf8')
    expect(Buffer.from(text.trim(), 'base64url')).toHaveLength(32)
    expect(await start(database)).toBe('ok')
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(readFileSync(database).includes(text.trim())).toBe(false)
  })

  it('refuses when it is the wrong one, and harms nothing', async () => {
    const world = await openWorld(acme)
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    await world.authority.close()
    const path = `${world.database}.rootkey`
    const right = readFileSync(path, 'utf8')
    writeFileSync(path, Buffer.alloc(32, 9).toString('base64url'))
    expect(await start(world.database)).toBe('wrong_root_key')
    writeFileSync(path, right)
    await world.reopen()
    expect(await verdict(world, secret)).toBe('allowed')
  })

  it('refuses when it is missing beside an existing database, and makes no other', async () => {
    const database = join(makeFolder(), 'acme.db')
    expect(await start(database)).toBe('ok')
    rmSync(`${database}.rootkey`)
    expect(await start(database)).toBe('root_key_missing')
    expect(await start(database)).toBe('root_key_missing')
  })

  it.each([0o644, 0o640, 0o604])('refuses when others can read it, mode %o', async (mode) => {
    const database = join(makeFolder(), 'acme.db')
    expect(await start(database)).toBe('ok')
    chmodSync(`${database}.rootkey`, mode)
    expect(await start(database)).toBe('root_key_exposed')
    chmodSync(`${database}.rootkey`, 0o600)
    expect(await start(database)).toBe('ok')
  })

  it('comes from the environment first, as hex or base64url, and then no file is made', async () => {
    onTestFinished(() => void vi.unstubAllEnvs())
    const bytes = Buffer.alloc(32, 5)
    for (const text of [bytes.toString('hex'), bytes.toString('base64url')]) rememberSecret(text)
    const database = join(makeFolder(), 'acme.db')
    vi.stubEnv(VARIABLE, bytes.toString('hex'))
    expect(await start(database)).toBe('ok')
    expect(() => statSync(`${database}.rootkey`)).toThrow(/ENOENT/)
    vi.stubEnv(VARIABLE, bytes.toString('base64url'))
    expect(await start(database)).toBe('ok')
    vi.stubEnv(VARIABLE, Buffer.alloc(32, 6).toString('hex'))
    expect(await start(database)).toBe('wrong_root_key')
    vi.stubEnv(VARIABLE, '')
    expect(await start(database)).toBe('root_key_missing')
  })

  it.each(['x', 'ab'.repeat(31), 'ab'.repeat(33)])(
    'refuses %s, which is not 32 bytes',
    async (text) => {
      const database = join(makeFolder(), 'acme.db')
      await expect(openAuthority(acme, { database, rootKey: text })).rejects.toMatchObject({
        code: 'root_key_malformed',
      })
      expect(() => statSync(database)).toThrow(/ENOENT/)
    },
  )

  it('is made although a start that was killed left a draft of the same process id', async () => {
    const database = join(makeFolder(), 'acme.db')
    writeFileSync(`${database}.rootkey.${process.pid}.new`, 'half', { mode: 0o600 })
    expect(await start(database)).toBe('ok')
  })

  it('is one when two processes start first at once, and one of them is refused', async () => {
    const starter = join(import.meta.dirname, 'world', 'start-once.ts')
    for (let round = 0; round < 5; round += 1) {
      const database = join(makeFolder(), 'acme.db')
      const runs = [0, 1].map(async () => {
        const { stdout } = await promisify(execFile)(process.execPath, [starter, database])
        return stdout.trim()
      })
      const words = (await Promise.all(runs)).toSorted()
      // The slower one may come when the faster one has ended; it is never refused for the root key.
      expect(['database_in_use,ok', 'ok,ok']).toContain(words.join(','))
      expect(await start(database)).toBe('ok')
    }
  }, 60_000)

  it('leaves the database to the one who has it', async () => {
    const world = await openWorld(acme)
    expect(await start(world.database)).toBe('database_in_use')
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    expect(await verdict(world, secret)).toBe('allowed')
  })
})
