// What somebody does who wants into an account of somebody else, or wants its owner to stay out.

import { describe, expect, it } from 'vitest'
import type { House } from './house.ts'
import {
  Browser,
  codeOf,
  good,
  openHouse,
  OTHER_PASSWORD,
  PASSWORD,
  totpOf,
  wait,
} from './house.ts'

const email = 'ada@lab.example'
const MINUTE = 60_000

function at(network: string): Browser {
  const browser = new Browser()
  browser.network = network
  return browser
}

/** Wrong passwords for what is no address: they cost no hash and count like every other. */
async function guess({ accounts }: House, times: number, network: (n: number) => string) {
  const codes: string[] = []
  for (let n = 0; n < times; n += 1) {
    const { visitor } = at(network(n))
    codes.push(codeOf(await accounts.signIn({ email: `nobody ${n}`, password: '' }, visitor)))
  }
  return codes
}

async function withTotp(house: House, browser: Browser): Promise<string> {
  const { uri } = good(await house.accounts.totp.enable({ password: PASSWORD }, browser.visitor))
  good(await browser.take(house.accounts.totp.confirm({ code: totpOf(uri) }, browser.visitor)))
  wait(MINUTE / 2)
  return uri
}

describe('a network that guesses', () => {
  it('is one for all of an IPv6 /64, and for IPv4 written as IPv6 (row 62)', async () => {
    const house = await openHouse()
    const six = await guess(house, 101, (n) => `2001:db8:1:2::${n.toString(16)}`)
    expect(six.filter((code) => code === 'too_many_attempts')).toHaveLength(1)
    const next = await guess(house, 1, () => '2001:db8:1:3::1')
    expect(next).toEqual(['invalid_credentials'])
    const four = await guess(house, 101, (n) => (n % 2 === 0 ? '::ffff:192.0.2.9' : '192.0.2.9'))
    expect(four.filter((code) => code === 'too_many_attempts')).toHaveLength(1)
  })

  it('is not the proxy of our own machine, behind which everybody is', async () => {
    const codes = await guess(await openHouse(), 101, (n) => (n % 2 === 0 ? '127.0.0.1' : '::1'))
    expect(new Set(codes)).toEqual(new Set(['invalid_credentials']))
  })

  it('sends no mails without end from where no network is known', async () => {
    const { accounts } = await openHouse()
    const codes: string[] = []
    for (let n = 0; n < 301; n += 1) {
      const { visitor } = n % 2 === 0 ? at('127.0.0.1') : new Browser()
      codes.push(codeOf(await accounts.requestPasswordReset({ email: `a${n}@b.example` }, visitor)))
    }
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(1)
  })

  it('locks no address out and fills no table once it is over its limit', async () => {
    const house = await openHouse()
    await house.enter()
    await guess(house, 101, () => '192.0.2.9')
    const counters = house.world.rows('select subject from account_attempts').length
    const { visitor } = at('192.0.2.9')
    const wrong = { email, password: OTHER_PASSWORD }
    for (let n = 0; n < 12; n += 1) {
      expect(codeOf(await house.accounts.signIn(wrong, visitor))).toBe('too_many_attempts')
      good(await house.accounts.requestPasswordReset({ email: `a${n}@b.example` }, visitor))
    }
    await guess(house, 20, () => '192.0.2.9')
    // One for the mails of the network and one for each address that mail was asked for.
    const now = house.world.rows('select subject from account_attempts').length
    expect(now - counters).toBe(13)
    const ada = at('203.0.113.5')
    good(await house.accounts.signIn({ email, password: PASSWORD }, ada.visitor))
  })

  it('begins so many sign-ins by passkey and no more, for each is a row', async () => {
    const { accounts } = await openHouse()
    const { visitor } = at('192.0.2.9')
    for (let n = 0; n < 200; n += 1) good(await accounts.passkeys.signInOptions(visitor))
    expect(codeOf(await accounts.passkeys.signInOptions(visitor))).toBe('too_many_attempts')
    good(await accounts.passkeys.signInOptions(at('192.0.2.10').visitor))
  })
})

describe('a password that is changed', () => {
  it('makes the links of older mails worthless', async () => {
    const house = await openHouse()
    const { accounts } = house
    const browser = await house.enter()
    good(await accounts.requestPasswordReset({ email }, new Browser().visitor))
    const token = house.token()
    const change = { current: PASSWORD, next: OTHER_PASSWORD }
    good(await browser.take(accounts.changePassword(change, browser.visitor)))
    const reset = { token, password: PASSWORD }
    expect(codeOf(await accounts.resetPassword(reset, new Browser().visitor))).toBe('invalid_link')
  })

  it('ends sign-ins that have given the old one and not yet the code', async () => {
    const house = await openHouse()
    const { accounts } = house
    const browser = await house.enter()
    const uri = await withTotp(house, browser)
    const thief = new Browser()
    good(await thief.take(accounts.signIn({ email, password: PASSWORD }, thief.visitor)))
    const change = { current: PASSWORD, next: OTHER_PASSWORD }
    good(await browser.take(accounts.changePassword(change, browser.visitor)))
    const answer = await accounts.secondFactor({ code: totpOf(uri) }, thief.visitor)
    expect(codeOf(answer)).toBe('invalid_code')
  })
})

describe('a session that was taken over with the password known', () => {
  it('neither turns the second factor off nor becomes fresh a while after its sign-in', async () => {
    const house = await openHouse()
    const { accounts } = house
    const browser = await house.enter()
    const uri = await withTotp(house, browser)
    const thief = browser.copy()
    wait(15 * MINUTE)
    const off = await accounts.totp.disable({ password: PASSWORD }, thief.visitor)
    expect(codeOf(off)).toBe('reauthentication_needed')
    const change = { current: PASSWORD, next: OTHER_PASSWORD }
    expect(codeOf(await accounts.changePassword(change, thief.visitor))).toBe(
      'reauthentication_needed',
    )
    const owner = new Browser()
    good(await owner.take(accounts.signIn({ email, password: PASSWORD }, owner.visitor)))
    good(await owner.take(accounts.secondFactor({ code: totpOf(uri) }, owner.visitor)))
    good(await owner.take(accounts.totp.disable({ password: PASSWORD }, owner.visitor)))
  })
})

describe('codes of a second factor', () => {
  it('are guessed forty times a day by who knows the password, and anew after a reset (row 62)', async () => {
    const house = await openHouse()
    const { accounts } = house
    const uri = await withTotp(house, await house.enter())
    const thief = new Browser()
    const guessNow = async (): Promise<string> => {
      const code = totpOf(uri, 9)
      return codeOf(await accounts.secondFactor({ code }, thief.visitor))
    }
    const codes: string[] = []
    for (let round = 0; round < 5; round += 1) {
      good(await thief.take(accounts.signIn({ email, password: PASSWORD }, thief.visitor)))
      for (let n = 0; n < 10; n += 1) codes.push(await guessNow())
      wait(15 * MINUTE)
    }
    expect(codes.filter((code) => code === 'invalid_code')).toHaveLength(40)
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(10)
    good(await accounts.requestPasswordReset({ email }, thief.visitor))
    const reset = { token: house.token(), password: OTHER_PASSWORD }
    good(await accounts.resetPassword(reset, new Browser().visitor))
    const owner = new Browser()
    good(await owner.take(accounts.signIn({ email, password: OTHER_PASSWORD }, owner.visitor)))
    good(await owner.take(accounts.secondFactor({ code: totpOf(uri) }, owner.visitor)))
  })

  it('are told of by mail when they are turned on and off', async () => {
    const house = await openHouse()
    const browser = await house.enter()
    await withTotp(house, browser)
    expect(house.mails.at(-1)?.subject).toBe('Two-step sign-in was turned on for Lab')
    good(await house.accounts.totp.disable({ password: PASSWORD }, browser.visitor))
    expect(house.mails.at(-1)).toMatchObject({
      to: email,
      subject: 'Two-step sign-in was turned off for Lab',
    })
  })
})

describe('half a sign-in', () => {
  it('is nobody at every verb that is for somebody', async () => {
    const house = await openHouse()
    const { accounts } = house
    await withTotp(house, await house.enter())
    const half = new Browser()
    good(await half.take(accounts.signIn({ email, password: PASSWORD }, half.visitor)))
    const { visitor } = half
    const change = { current: PASSWORD, next: OTHER_PASSWORD }
    const answers = await Promise.all([
      accounts.changePassword(change, visitor),
      accounts.changeName({ name: 'Eve' }, visitor),
      accounts.listSessions(visitor),
      accounts.totp.isEnabled(visitor),
      accounts.totp.disable({ password: PASSWORD }, visitor),
      accounts.totp.enable({ password: PASSWORD }, visitor),
      accounts.totp.confirm({ code: '000000' }, visitor),
      accounts.passkeys.registerOptions(visitor),
      accounts.passkeys.list(visitor),
    ])
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['not_signed_in']))
    expect(await accounts.sessionOf(visitor)).toBeUndefined()
    // Cookies are signed with one key: none of them stands in for another.
    for (const value of half.jar.values()) {
      const swapped = new Browser()
      for (const name of ['session_token', 'two_factor', 'passkey', 'provider']) {
        swapped.jar.set(`__Host-keywright.${name}`, value)
      }
      expect(await accounts.sessionOf(swapped.visitor)).toBeUndefined()
    }
  })
})

describe('mail', () => {
  it('that fails at once fails no answer, which would tell whether one was sent', async () => {
    const failures: unknown[] = []
    const { accounts } = await openHouse({
      sendMail: () => {
        throw new Error('no way out')
      },
      onMailFailed: (error) => failures.push(error),
    })
    const { visitor } = new Browser()
    const request = { name: 'Ada', email, password: PASSWORD }
    good(await accounts.signUp(request, visitor))
    expect(failures).toHaveLength(1)
  })
})
