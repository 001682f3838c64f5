import { describe, expect, it } from 'vitest'
import type { Ceremony } from './authenticator.ts'
import { SoftwareAuthenticator } from './authenticator.ts'
import type { House } from './house.ts'
import { Browser, codeOf, good, openHouse, PASSWORD, totpOf, wait } from './house.ts'

const MINUTE = 60_000

async function register(
  { accounts }: House,
  browser: Browser,
  { device, ceremony }: { device: SoftwareAuthenticator; ceremony?: Ceremony },
) {
  const { options } = good(await browser.take(accounts.passkeys.registerOptions(browser.visitor)))
  const request = { name: 'Laptop', response: device.create(options, ceremony) }
  return browser.take(accounts.passkeys.register(request, browser.visitor))
}

async function signIn(
  { accounts }: House,
  browser: Browser,
  { device, ceremony }: { device: SoftwareAuthenticator; ceremony?: Ceremony },
) {
  const { options } = good(await browser.take(accounts.passkeys.signInOptions(browser.visitor)))
  const response = device.get(options, ceremony)
  return {
    response,
    answer: await browser.take(accounts.passkeys.signIn({ response }, browser.visitor)),
  }
}

describe('a passkey', () => {
  it('is registered, signs in alone, is listed and removed', async () => {
    const house = await openHouse()
    const browser = await house.enter()
    const { uri } = good(await house.accounts.totp.enable({ password: PASSWORD }, browser.visitor))
    const code = totpOf(uri)
    good(await browser.take(house.accounts.totp.confirm({ code }, browser.visitor)))
    const device = new SoftwareAuthenticator()
    const { passkey } = good(await register(house, browser, { device }))
    expect(passkey).toMatchObject({ name: 'Laptop', createdAt: Date.now() })
    expect(house.mails.at(-1)?.subject).toBe('A passkey was added for Lab')
    const own = await house.accounts.sessionOf(browser.visitor)
    wait(MINUTE)
    const other = new Browser()
    good((await signIn(house, other, { device })).answer)
    const session = await house.accounts.sessionOf(other.visitor)
    expect(session).toMatchObject({ personId: own?.personId, authenticatedAt: Date.now() })
    const { passkeys } = good(await house.accounts.passkeys.list(other.visitor))
    expect(passkeys).toEqual([passkey])
    const stranger = await house.enter('eve@lab.example')
    const { id } = passkey
    expect(codeOf(await house.accounts.passkeys.remove({ id }, stranger.visitor))).toBe(
      'passkey_not_found',
    )
    good(await house.accounts.passkeys.remove({ id }, other.visitor))
    const gone = await signIn(house, new Browser(), { device })
    expect(codeOf(gone.answer)).toBe('passkey_refused')
  })

  it('is registered only soon after a sign-in, by somebody who is signed in', async () => {
    const house = await openHouse()
    const { passkeys } = house.accounts
    expect(codeOf(await passkeys.registerOptions(new Browser().visitor))).toBe('not_signed_in')
    const browser = await house.enter()
    const { options } = good(await browser.take(passkeys.registerOptions(browser.visitor)))
    wait(15 * MINUTE)
    expect(codeOf(await passkeys.registerOptions(browser.visitor))).toBe('reauthentication_needed')
    const response = new SoftwareAuthenticator().create(options)
    const late = await passkeys.register({ name: 'Late', response }, browser.visitor)
    expect(codeOf(late)).toBe('reauthentication_needed')
  })

  it('is of one account: the same one is refused for another, and signs in to the first', async () => {
    const house = await openHouse()
    const ada = await house.enter()
    const eve = await house.enter('eve@lab.example')
    const device = new SoftwareAuthenticator()
    good(await register(house, ada, { device }))
    const taken = await register(house, eve, { device })
    expect(codeOf(taken)).toBe('passkey_refused')
    const other = new Browser()
    good((await signIn(house, other, { device })).answer)
    const session = await house.accounts.sessionOf(other.visitor)
    expect(session?.email).toBe('ada@lab.example')
  })

  it('answers each challenge once, and only in the browser it was given to', async () => {
    const house = await openHouse()
    const browser = await house.enter()
    const device = new SoftwareAuthenticator()
    good(await register(house, browser, { device }))
    const first = new Browser()
    const { options } = good(await first.take(house.accounts.passkeys.signInOptions(first.visitor)))
    const response = device.get(options)
    const elsewhere = await house.accounts.passkeys.signIn({ response }, new Browser().visitor)
    expect(codeOf(elsewhere)).toBe('passkey_refused')
    const { visitor } = first
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => house.accounts.passkeys.signIn({ response }, visitor)),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it.each([
    ['without a PIN or finger', { isUserVerified: false }],
    ['for another origin', { origin: 'https://evil.example' }],
  ])('is refused %s', async (_what, ceremony) => {
    const house = await openHouse()
    const browser = await house.enter()
    const device = new SoftwareAuthenticator()
    expect(codeOf(await register(house, browser, { device, ceremony }))).toBe('passkey_refused')
    expect(good(await house.accounts.passkeys.list(browser.visitor)).passkeys).toEqual([])
    good(await register(house, browser, { device }))
    const { answer } = await signIn(house, new Browser(), { device, ceremony })
    expect(codeOf(answer)).toBe('passkey_refused')
  })

  it('of another device, and what is no answer at all, sign nobody in', async () => {
    const house = await openHouse()
    good(await register(house, await house.enter(), { device: new SoftwareAuthenticator() }))
    const unknown = await signIn(house, new Browser(), { device: new SoftwareAuthenticator() })
    expect(codeOf(unknown.answer)).toBe('passkey_refused')
    for (const response of [{}, { id: 1 }, { ...unknown.response, response: {} }]) {
      const browser = new Browser()
      good(await browser.take(house.accounts.passkeys.signInOptions(browser.visitor)))
      const answer = await house.accounts.passkeys.signIn({ response }, browser.visitor)
      expect(codeOf(answer)).toBe('passkey_refused')
    }
  })
})
