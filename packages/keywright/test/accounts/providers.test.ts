import type { SignInProvider } from '@keywright/verifier/testing'
import { startSignInProvider } from '@keywright/verifier/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import type { House } from './house.ts'
import { Browser, codeOf, good, openHouse, PASSWORD } from './house.ts'

const email = 'ada@lab.example'

async function openWithProvider(): Promise<{ house: House; provider: SignInProvider }> {
  const provider = await startSignInProvider('https://lab.example/sign-in/callback/acme', {
    sub: 'ada-1',
    name: 'Ada of Acme',
    email,
    email_verified: true,
  })
  onTestFinished(() => provider.close())
  const { issuer, clientId, clientSecret } = provider
  rememberSecret(clientSecret)
  const acme = { id: 'acme', name: 'Acme', issuer, clientId, clientSecret }
  return { house: await openHouse({ providers: [acme] }), provider }
}

async function leave(house: House, browser: Browser, returnTo?: string): Promise<string> {
  const starting = house.accounts.startProvider({ id: 'acme', returnTo }, browser.visitor)
  return good(await browser.take(starting)).location
}

function comeBack(house: House, browser: Browser, url: string) {
  return browser.take(house.accounts.finishProvider({ id: 'acme', url }, browser.visitor))
}

describe('sign-in with an outside provider', () => {
  it('makes a person by issuer and subject, finds them again and follows their profile', async () => {
    const { house, provider } = await openWithProvider()
    expect(house.accounts.providers).toEqual([{ id: 'acme', name: 'Acme' }])
    const browser = new Browser()
    const location = await leave(house, browser, '/orgs')
    const asked = new URL(location).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('nonce')).toMatch(/^[\w-]{43}$/)
    const back = await provider.visit(location)
    expect(good(await comeBack(house, browser, back)).returnTo).toBe('/orgs')
    const first = await house.accounts.sessionOf(browser.visitor)
    expect(first).toMatchObject({ name: 'Ada of Acme', email })
    expect(house.world.rows('select issuer, subject from identities')).toEqual([
      { issuer: provider.issuer, subject: 'ada-1' },
    ])
    provider.person.name = 'Ada Lovelace'
    const again = new Browser()
    good(await comeBack(house, again, await provider.visit(await leave(house, again))))
    const second = await house.accounts.sessionOf(again.visitor)
    expect(second).toMatchObject({ personId: first?.personId, name: 'Ada Lovelace' })
    expect(house.world.rows('select id from account_users')).toHaveLength(1)
  })

  it('joins nobody by an address, however verified it is there (row 32)', async () => {
    const { house, provider } = await openWithProvider()
    const own = await house.accounts.sessionOf((await house.enter(email)).visitor)
    const browser = new Browser()
    good(await comeBack(house, browser, await provider.visit(await leave(house, browser))))
    const outside = await house.accounts.sessionOf(browser.visitor)
    expect(outside?.email).toBe(email)
    expect(outside?.personId).not.toBe(own?.personId)
    const { visitor } = browser
    const enabled = await house.accounts.totp.enable({ password: PASSWORD }, visitor)
    expect(codeOf(enabled)).toBe('invalid_credentials')
    good(await house.accounts.signIn({ email, password: PASSWORD }, new Browser().visitor))
  })

  it('is finished once, in the browser that began it', async () => {
    const { house, provider } = await openWithProvider()
    const browser = new Browser()
    const back = await provider.visit(await leave(house, browser))
    expect(codeOf(await comeBack(house, new Browser(), back))).toBe('provider_refused')
    const stolen = browser.copy()
    const answers = await Promise.all([
      comeBack(house, browser, back),
      comeBack(house, stolen, back),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(codeOf(await comeBack(house, stolen, back))).toBe('provider_refused')
  })

  it('is refused when what comes back was changed or is an error', async () => {
    const { house, provider } = await openWithProvider()
    const changes: [string, string | null][] = [
      ['state', 'another'],
      ['state', null],
      ['code', 'another'],
      ['iss', 'https://evil.example'],
      ['error', 'access_denied'],
    ]
    for (const [name, value] of changes) {
      const browser = new Browser()
      const back = new URL(await provider.visit(await leave(house, browser)))
      if (value === null) back.searchParams.delete(name)
      else back.searchParams.set(name, value)
      const answer = await comeBack(house, browser, back.href)
      expect(codeOf(answer), `${name}=${value}`).toBe('provider_refused')
      expect(browser.jar.size).toBe(0)
    }
    expect(house.world.rows('select id from account_users')).toEqual([])
  })

  it('makes one account of two first sign-ins at the same time', async () => {
    const { house, provider } = await openWithProvider()
    const browsers = [new Browser(), new Browser()]
    const backs = await Promise.all(
      browsers.map(async (browser) => provider.visit(await leave(house, browser))),
    )
    const answers = await Promise.all(
      browsers.map((browser, index) => comeBack(house, browser, backs[index] ?? '')),
    )
    expect(answers.map(codeOf)).toEqual(['ok', 'ok'])
    expect(house.world.rows('select id from persons')).toHaveLength(1)
    expect(house.world.rows('select id from account_users')).toHaveLength(1)
  })

  it('is refused, not failed, when the provider is away, and knows no other provider', async () => {
    const { house, provider } = await openWithProvider()
    await provider.close()
    const { visitor } = new Browser()
    const away = await house.accounts.startProvider({ id: 'acme' }, visitor)
    expect(away).toMatchObject({ ok: false, code: 'provider_refused' })
    expect(codeOf(await house.accounts.startProvider({ id: 'other' }, visitor))).toBe(
      'provider_not_found',
    )
  })

  it.each([
    ['an inner address', { issuer: 'http://169.254.169.254' }],
    ['no TLS', { issuer: 'http://auth.acme.example' }],
    ['an id with a slash', { id: 'a/b' }],
  ])('does not open with %s (row 35)', async (_what, wrong) => {
    const right = { id: 'acme', name: 'Acme', issuer: 'https://auth.acme.example' }
    const provider = { ...right, clientId: 'lab', clientSecret: 'not a real secret', ...wrong }
    await expect(openHouse({ providers: [provider] })).rejects.toThrow(TypeError)
  })
})
