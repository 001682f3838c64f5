import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
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
const STEP = 30_000

/** Turns the second factor on; the step of its first code is over then. */
async function withTotp(house: House, browser: Browser) {
  const enabled = good(await house.accounts.totp.enable({ password: PASSWORD }, browser.visitor))
  rememberSecret(new URL(enabled.uri).searchParams.get('secret') ?? '')
  const code = totpOf(enabled.uri)
  good(await browser.take(house.accounts.totp.confirm({ code }, browser.visitor)))
  wait(STEP)
  return enabled
}

/** A browser that has given the password and is asked for a code. */
async function challenged(house: House): Promise<Browser> {
  const browser = new Browser()
  const answer = house.accounts.signIn({ email, password: PASSWORD }, browser.visitor)
  expect(good(await browser.take(answer)).next).toBe('second_factor')
  expect(await house.accounts.sessionOf(browser.visitor)).toBeUndefined()
  return browser
}

describe('a second factor', () => {
  it('is asked for after the password, once it was confirmed with a first code', async () => {
    const house = await openHouse()
    const { accounts } = house
    const browser = await house.enter()
    const stolen = browser.copy()
    const { uri, recoveryCodes } = good(
      await accounts.totp.enable({ password: PASSWORD }, browser.visitor),
    )
    expect(uri).toMatch(/^otpauth:\/\/totp\/Lab:ada/)
    expect(recoveryCodes).toHaveLength(10)
    const [wrong, right] = [totpOf(uri, 5), totpOf(uri)]
    expect(codeOf(await accounts.totp.confirm({ code: wrong }, browser.visitor))).toBe(
      'invalid_code',
    )
    const before = good(await accounts.totp.isEnabled(browser.visitor))
    expect(before.isEnabled).toBe(false)
    good(await browser.take(accounts.totp.confirm({ code: right }, browser.visitor)))
    expect(good(await accounts.totp.isEnabled(browser.visitor)).isEnabled).toBe(true)
    expect(await accounts.sessionOf(stolen.visitor)).toBeUndefined()
    const again = await accounts.totp.enable({ password: PASSWORD }, browser.visitor)
    expect(codeOf(again)).toBe('second_factor_exists')
    const asked = await challenged(house)
    // The first code was used up when it was confirmed.
    const replayed = await accounts.secondFactor({ code: right }, asked.visitor)
    expect(codeOf(replayed)).toBe('invalid_code')
    wait(STEP)
    const code = totpOf(uri)
    good(await asked.take(accounts.secondFactor({ code }, asked.visitor)))
    expect(await accounts.sessionOf(asked.visitor)).toMatchObject({ email })
  })

  it('takes a code once, however padded, also from several sign-ins at the same time (row 63)', async () => {
    const house = await openHouse()
    const { uri } = await withTotp(house, await house.enter())
    const code = totpOf(uri)
    const padded = ` ${code.slice(0, 3)} ${code.slice(3)}\u200b`
    const asked = await Promise.all([challenged(house), challenged(house), challenged(house)])
    const answers = await Promise.all(
      asked.flatMap((browser) => [
        house.accounts.secondFactor({ code: padded }, browser.visitor),
        house.accounts.secondFactor({ code }, browser.visitor),
      ]),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const late = await house.accounts.secondFactor({ code }, (await challenged(house)).visitor)
    expect(codeOf(late)).toBe('invalid_code')
  })

  it('takes a recovery code once instead, in any spelling, also at the same time (row 63)', async () => {
    const house = await openHouse()
    const { recoveryCodes } = await withTotp(house, await house.enter())
    const [first = '', second = ''] = recoveryCodes
    const asked = await Promise.all([challenged(house), challenged(house), challenged(house)])
    const spellings = [first, ` ${first.toUpperCase()} `, first.replace('-', ' ')]
    const answers = await Promise.all(
      asked.map((browser, index) =>
        house.accounts.secondFactor({ code: spellings[index] ?? '' }, browser.visitor),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const late = await challenged(house)
    expect(codeOf(await house.accounts.secondFactor({ code: first }, late.visitor))).toBe(
      'invalid_code',
    )
    const other = await challenged(house)
    good(await house.accounts.secondFactor({ code: second }, other.visitor))
  })

  it('is guessed ten times for an account, over any number of sign-ins (row 62)', async () => {
    const house = await openHouse()
    const { uri } = await withTotp(house, await house.enter())
    const asked = await Promise.all([challenged(house), challenged(house), challenged(house)])
    const wrong = totpOf(uri, 9)
    const codes: string[] = []
    for (let guess = 0; guess < 12; guess += 1) {
      const { visitor } = asked[guess % asked.length] ?? new Browser()
      codes.push(codeOf(await house.accounts.secondFactor({ code: wrong }, visitor)))
    }
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'invalid_code'))
    expect(codes.slice(10)).toEqual(['too_many_attempts', 'too_many_attempts'])
    wait(15 * 60_000)
    const browser = await challenged(house)
    const code = totpOf(uri)
    good(await browser.take(house.accounts.secondFactor({ code }, browser.visitor)))
  })

  it('is of the account whose password was given, whoever was signed in here before', async () => {
    const house = await openHouse()
    const { uri } = await withTotp(house, await house.enter())
    const browser = await house.enter('eve@lab.example', OTHER_PASSWORD)
    const eve = await house.accounts.sessionOf(browser.visitor)
    const request = { email, password: PASSWORD }
    good(await browser.take(house.accounts.signIn(request, browser.visitor)))
    expect(await house.accounts.sessionOf(browser.visitor)).toBeUndefined()
    const code = totpOf(uri)
    good(await browser.take(house.accounts.secondFactor({ code }, browser.visitor)))
    const session = await house.accounts.sessionOf(browser.visitor)
    expect(session?.email).toBe(email)
    expect(session?.personId).not.toBe(eve?.personId)
  })

  it('is asked for within ten minutes of the password, and not at all without one', async () => {
    const house = await openHouse()
    const { uri } = await withTotp(house, await house.enter())
    const browser = await challenged(house)
    wait(10 * 60_000 + 1)
    const late = await house.accounts.secondFactor({ code: totpOf(uri) }, browser.visitor)
    expect(codeOf(late)).toBe('invalid_code')
    const nobody = await house.accounts.secondFactor({ code: totpOf(uri) }, new Browser().visitor)
    expect(codeOf(nobody)).toBe('invalid_code')
  })

  it('stays after a reset of the password, and is turned off with the password', async () => {
    const house = await openHouse()
    const { accounts } = house
    const browser = await house.enter()
    const { uri } = await withTotp(house, browser)
    const wrong = await accounts.totp.disable({ password: OTHER_PASSWORD }, browser.visitor)
    expect(codeOf(wrong)).toBe('invalid_credentials')
    good(await accounts.requestPasswordReset({ email }, browser.visitor))
    const reset = { token: house.token(), password: OTHER_PASSWORD }
    good(await accounts.resetPassword(reset, browser.visitor))
    const { visitor } = new Browser()
    const again = new Browser()
    const request = { email, password: OTHER_PASSWORD }
    expect(good(await again.take(accounts.signIn(request, visitor))).next).toBe('second_factor')
    good(await again.take(accounts.secondFactor({ code: totpOf(uri) }, again.visitor)))
    const stolen = again.copy()
    good(await again.take(accounts.totp.disable({ password: OTHER_PASSWORD }, again.visitor)))
    expect(await accounts.sessionOf(stolen.visitor)).toBeUndefined()
    expect(await accounts.sessionOf(again.visitor)).toBeDefined()
    expect(good(await accounts.signIn(request, visitor)).next).toBe('signed_in')
    const off = await accounts.totp.disable({ password: OTHER_PASSWORD }, again.visitor)
    expect(codeOf(off)).toBe('second_factor_missing')
  })

  it('lies sealed in the database', async () => {
    const house = await openHouse()
    const { uri, recoveryCodes } = await withTotp(house, await house.enter())
    const stored = JSON.stringify(house.world.rows('select * from account_totp'))
    expect(stored).not.toContain(new URL(uri).searchParams.get('secret') ?? '?')
    expect(stored).not.toContain(recoveryCodes[0] ?? '?')
  })
})
