import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileOutbox } from 'keywright'
import { describe, expect, it } from 'vitest'
import { makeFolder } from '../world/open-world.ts'
import { Browser, openHouse, PASSWORD } from './house.ts'

const email = 'ada@lab.example'

// Prints which of the packages under accounts a process has loaded when it has opened an authority.
const LOADED = `
  import { registerHooks } from 'node:module'
  const loaded = new Set()
  registerHooks({ load(url, context, next) {
    for (const name of ['better-auth', 'oauth4webapi', '@simplewebauthn']) {
      if (url.includes('/node_modules/' + name + '/')) loaded.add(name)
    }
    return next(url, context)
  } })
  const { openAuthority, openAccounts, defineAuthority } = await import('keywright')
  const definition = defineAuthority({
    product: { name: 'Lab', slug: 'lab' },
    resources: { organizations: {} },
    scopes: ['runs:read'],
    keys: { org: { prefix: 'lab_sk', bound: 'organizations', scopes: ['*'] } },
  })
  const authority = await openAuthority(definition, { database: ':memory:' })
  const alone = [...loaded].toSorted()
  await openAccounts(authority, { baseUrl: 'https://lab.example', sendMail: async () => {} })
  console.log(JSON.stringify({ alone, opened: [...loaded].toSorted() }))
  await authority.close()
`

describe('accounts', () => {
  it('are loaded when they are opened: keys alone never load them', () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', LOADED],
      { cwd: import.meta.dirname, encoding: 'utf8' },
    )
    expect(stdout, stderr).toBe(
      '{"alone":[],"opened":["@simplewebauthn","better-auth","oauth4webapi"]}\n',
    )
  })

  it('fail instead of refusing when the database is away', async () => {
    const house = await openHouse()
    const browser = await house.enter()
    const { accounts } = house
    await house.world.authority.close()
    const unavailable = { name: 'StoreUnavailable' }
    const request = { email, password: PASSWORD }
    const { visitor } = browser
    await expect(accounts.sessionOf(visitor)).rejects.toMatchObject(unavailable)
    await expect(accounts.signIn(request, new Browser().visitor)).rejects.toMatchObject(unavailable)
    await expect(
      accounts.verifyEmail({ token: 'x', password: PASSWORD }, visitor),
    ).rejects.toMatchObject(unavailable)
    await expect(accounts.passkeys.signInOptions(visitor)).rejects.toMatchObject(unavailable)
  })

  it('answer also when mail cannot be sent, and say so to whoever runs them', async () => {
    const failures: unknown[] = []
    const failure = new Error('no way out')
    const { accounts } = await openHouse({
      sendMail: () => Promise.reject(failure),
      onMailFailed: (error) => failures.push(error),
    })
    const request = { name: 'Ada', email, password: PASSWORD }
    expect(await accounts.signUp(request, new Browser().visitor)).toMatchObject({ ok: true })
    expect(failures).toEqual([failure])
  })

  it.each([
    'http://lab.example',
    'https://lab.example/keys',
    'https://user@lab.example',
    'lab.example',
  ])('are not opened at %s', async (baseUrl) => {
    await expect(openHouse({ baseUrl })).rejects.toThrow(TypeError)
  })
})

describe('mail as files', () => {
  it('is one whole file a mail, for its owner alone', async () => {
    const folder = join(makeFolder(), 'data', 'outbox')
    const send = fileOutbox(folder)
    const mail = { to: email, subject: 'Confirm', text: 'Follow the link.\n' }
    await Promise.all(Array.from({ length: 10 }, () => send(mail)))
    const files = readdirSync(folder)
    expect(files).toHaveLength(10)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of files) {
      expect(name).toMatch(/^\d{4}-.*\.txt$/)
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
      expect(readFileSync(join(folder, name), 'utf8')).toBe(
        `To: ${email}\nSubject: Confirm\n\nFollow the link.\n`,
      )
    }
  })
})
