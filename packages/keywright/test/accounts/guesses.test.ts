import { describe, expect, it } from 'vitest'
import { Browser, codeOf, good, openHouse, OTHER_PASSWORD, PASSWORD, wait } from './house.ts'

const email = 'ada@lab.example'
const MINUTE = 60_000

describe('guesses of a password (row 62)', () => {
  it('have one counter for every spelling of an address, and 50 at once pass it not more often', async () => {
    const house = await openHouse()
    await house.enter()
    const spellings = [email, ' ADA@lab.example', 'Ada@Lab.Example\t', '\uff41da@lab.example']
    const { visitor } = new Browser()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        house.accounts.signIn(
          { email: spellings[index % spellings.length] ?? email, password: OTHER_PASSWORD },
          visitor,
        ),
      ),
    )
    const codes = answers.map(codeOf)
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(10)
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(40)
    const right = await house.accounts.signIn({ email, password: PASSWORD }, visitor)
    expect(right).toMatchObject({ code: 'too_many_attempts', retryAfterSeconds: 15 * 60 })
    wait(15 * MINUTE)
    good(await house.accounts.signIn({ email, password: PASSWORD }, visitor))
  })

  it('count the same for an address that nobody has', async () => {
    const { accounts } = await openHouse()
    const { visitor } = new Browser()
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => accounts.signIn({ email, password: PASSWORD }, visitor)),
    )
    const codes = answers.map(codeOf)
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(10)
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(2)
  })

  it('are counted for a network over all addresses, but sign-ins that succeed are not', async () => {
    const house = await openHouse()
    await house.enter()
    const office = new Browser()
    office.network = '198.51.100.7'
    for (let round = 0; round < 2; round += 1) {
      good(await house.accounts.signIn({ email, password: PASSWORD }, office.visitor))
    }
    // What is no address costs no hash, so the test is quick; it counts like every other.
    const guesses = await Promise.all(
      Array.from({ length: 101 }, (_, index) =>
        house.accounts.signIn({ email: `nobody ${index}`, password: '' }, office.visitor),
      ),
    )
    expect(guesses.filter((answer) => codeOf(answer) === 'too_many_attempts')).toHaveLength(1)
    const elsewhere = new Browser()
    elsewhere.network = '203.0.113.7'
    good(await house.accounts.signIn({ email, password: PASSWORD }, elsewhere.visitor))
  })

  it('are still known after a restart, and begin anew after a reset', async () => {
    const house = await openHouse()
    const browser = await house.enter()
    const wrong = { current: OTHER_PASSWORD, next: OTHER_PASSWORD }
    const guesses = Array.from({ length: 10 }, () =>
      house.accounts.changePassword(wrong, browser.visitor),
    )
    expect(new Set((await Promise.all(guesses)).map(codeOf))).toEqual(
      new Set(['invalid_credentials']),
    )
    await house.reopen()
    const blocked = await house.accounts.signIn({ email, password: PASSWORD }, browser.visitor)
    expect(codeOf(blocked)).toBe('too_many_attempts')
    good(await house.accounts.requestPasswordReset({ email }, browser.visitor))
    const request = { token: house.token(), password: OTHER_PASSWORD }
    good(await house.accounts.resetPassword(request, browser.visitor))
    good(await house.accounts.signIn({ email, password: OTHER_PASSWORD }, browser.visitor))
  })
})

describe('mails', () => {
  it('are sent five an hour to one address, whether somebody has it or not', async () => {
    const house = await openHouse()
    const { accounts } = house
    const { visitor } = new Browser()
    for (let mail = 0; mail < 5; mail += 1) {
      good(await accounts.requestPasswordReset({ email }, visitor))
    }
    const ask = { name: 'Ada', email: 'ADA@lab.example', password: PASSWORD }
    expect(codeOf(await accounts.signUp(ask, visitor))).toBe('too_many_attempts')
    wait(60 * MINUTE)
    good(await accounts.signUp(ask, visitor))
    expect(house.mails).toHaveLength(1)
  })
})

describe('accounts beside keys', () => {
  it('sign in and mint at the same time, and nobody waits for ever', async () => {
    const house = await openHouse()
    await house.enter()
    const { visitor } = new Browser()
    const { keys } = house.world.authority
    const mint = (index: number) =>
      keys.mint('org', { resource: `organizations/o${index}`, name: `key ${index}` })
    const signIns = Array.from({ length: 6 }, () =>
      house.accounts.signIn({ email, password: PASSWORD }, visitor),
    )
    const minted = await Promise.all(Array.from({ length: 30 }, (_, index) => mint(index)))
    expect(minted.filter(({ ok }) => ok)).toHaveLength(30)
    const signedIn = await Promise.all(signIns)
    expect(signedIn.filter(({ ok }) => ok)).toHaveLength(6)
  })
})
