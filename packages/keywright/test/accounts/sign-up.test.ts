import { describe, expect, it } from 'vitest'
import { good as goodOutcome } from '../people/lab.ts'
import { Browser, codeOf, good, openHouse, OTHER_PASSWORD, PASSWORD } from './house.ts'

const ada = { name: 'Ada', email: 'ada@lab.example', password: PASSWORD }

describe('an account', () => {
  it('is asked for, confirmed by its mail and password, signed in to and signed out of', async () => {
    const { accounts, mails, token, world } = await openHouse()
    const browser = new Browser()
    const request = { ...ada, returnTo: '/orgs/new?plan=free' }
    expect(await accounts.signUp(request, browser.visitor)).toEqual({ ok: true, setCookies: [] })
    expect(mails).toMatchObject([
      { to: 'ada@lab.example', subject: 'Confirm your address for Lab' },
    ])
    expect(mails[0]?.text).toContain('https://lab.example/verify-email?token=')
    expect(codeOf(await accounts.signIn(ada, browser.visitor))).toBe('invalid_credentials')
    const link = { token: token(), password: PASSWORD }
    const verified = good(await browser.take(accounts.verifyEmail(link, browser.visitor)))
    expect(verified.returnTo).toBe('/orgs/new?plan=free')
    const first = browser.copy()
    expect(await accounts.sessionOf(first.visitor)).toMatchObject({ email: ada.email })
    const signedIn = good(await browser.take(accounts.signIn(ada, browser.visitor)))
    expect(signedIn.next).toBe('signed_in')
    expect(await accounts.sessionOf(first.visitor)).toBeUndefined()
    const session = await accounts.sessionOf(browser.visitor)
    expect(session).toMatchObject({
      personId: expect.stringMatching(/^usr_/),
      name: 'Ada',
      email: 'ada@lab.example',
      authenticatedAt: Date.now(),
      expiresAt: Date.now() + 24 * 3_600_000,
    })
    const issuer = 'urn:keywright:accounts'
    const [row] = world.rows('select * from identities')
    expect(row).toMatchObject({ issuer, person_id: session?.personId })
    const { person } = await goodOutcome(world.authority.people.show(session?.personId ?? ''))
    expect(person).toMatchObject({ name: 'Ada', email: ada.email, isEmailVerified: true })
    const thief = browser.copy()
    good(await browser.take(accounts.signOut(browser.visitor)))
    expect(browser.jar.size).toBe(0)
    expect(await accounts.sessionOf(thief.visitor)).toBeUndefined()
  })

  it('is made by one link, used once, however often and padded it is followed (row 63)', async () => {
    const { accounts, token, world } = await openHouse()
    const { visitor } = new Browser()
    good(await accounts.signUp(ada, visitor))
    const padded = `  ${token()}\n`
    const { password } = ada
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        accounts.verifyEmail({ token: index % 2 === 0 ? padded : token(), password }, visitor),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const late = await accounts.verifyEmail({ token: token(), password }, visitor)
    expect(codeOf(late)).toBe('invalid_link')
    expect(world.rows('select * from account_users')).toHaveLength(1)
    expect(world.rows('select * from persons')).toHaveLength(1)
  })

  it('is never made for somebody else who asked for it with this address', async () => {
    const { accounts, token, world } = await openHouse()
    const { visitor } = new Browser()
    good(await accounts.signUp({ ...ada, name: 'Mallory', password: OTHER_PASSWORD }, visitor))
    const ofMallory = token()
    good(await accounts.signUp(ada, visitor))
    const { password } = ada
    const misled = await accounts.verifyEmail({ token: ofMallory, password }, visitor)
    expect(codeOf(misled)).toBe('invalid_credentials')
    expect(world.rows('select * from account_users')).toEqual([])
    good(await accounts.verifyEmail({ token: token(), password }, visitor))
    const other = { token: ofMallory, password: OTHER_PASSWORD }
    expect(codeOf(await accounts.verifyEmail(other, visitor))).toBe('invalid_link')
    const guess = { email: ada.email, password: OTHER_PASSWORD }
    expect(codeOf(await accounts.signIn(guess, visitor))).toBe('invalid_credentials')
    good(await accounts.signIn(ada, visitor))
  })

  it('answers alike for a known address, whose owner is told by mail', async () => {
    const house = await openHouse()
    await house.enter()
    const { visitor } = new Browser()
    const again = { ...ada, password: OTHER_PASSWORD }
    expect(await house.accounts.signUp(again, visitor)).toEqual({ ok: true, setCookies: [] })
    expect(house.mails.at(-1)).toMatchObject({
      to: ada.email,
      subject: 'You have an account at Lab',
    })
    expect(house.token()).toBe('')
    good(await house.accounts.signIn(ada, visitor))
  })

  it('has one spelling of its address, and none that another person could own', async () => {
    const house = await openHouse()
    await house.enter('kim@lab.example')
    const { visitor } = new Browser()
    const typed = { email: '  KIM@Lab.Example ', password: PASSWORD }
    expect(codeOf(await house.accounts.signIn(typed, visitor))).toBe('ok')
    for (const email of ['\u212aim@lab.example', 'kim', 'kim@lab.example, eve@x.example', '']) {
      const request = { ...ada, email }
      expect(codeOf(await house.accounts.signUp(request, visitor)), email).toBe('invalid_email')
    }
  })

  it.each([
    ['short', 'fourteen chars'],
    ['everybody tries', 'passwordpassword'],
    ['repeats itself', 'abcabcabcabcabcabc'],
    ['is a row', '123456789012345678'],
    ['is the address', 'ada@lab.example1'],
    ['too long', 'x y'.repeat(100)],
  ])('wants no password that is %s', async (_why, password) => {
    const { accounts, mails } = await openHouse()
    const answer = await accounts.signUp({ ...ada, password }, new Browser().visitor)
    expect(codeOf(answer)).toBe('weak_password')
    expect(mails).toEqual([])
  })

  it('wants a name of one line, and returns to no other place', async () => {
    const { accounts, token } = await openHouse()
    const { visitor } = new Browser()
    for (const name of ['', ' ', 'a\nb', 'x'.repeat(101)]) {
      expect(codeOf(await accounts.signUp({ ...ada, name }, visitor))).toBe('invalid_name')
    }
    for (const returnTo of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/x']) {
      const email = `a${token().slice(0, 4)}@lab.example`
      good(await accounts.signUp({ ...ada, email, returnTo }, visitor))
      const link = { token: token(), password: PASSWORD }
      const verified = good(await accounts.verifyEmail(link, visitor))
      expect(verified.returnTo).toBeUndefined()
    }
  })
})

describe('an account that the product makes', () => {
  it('can be signed in to at once, without a mail', async () => {
    const { accounts, mails } = await openHouse()
    const { personId } = good(await accounts.add(ada))
    const browser = new Browser()
    good(await browser.take(accounts.signIn(ada, browser.visitor)))
    expect(await accounts.sessionOf(browser.visitor)).toMatchObject({ personId, name: 'Ada' })
    expect(mails).toEqual([])
  })

  it('is one for each address, also when two are made at once', async () => {
    const { accounts, world } = await openHouse()
    const answers = await Promise.all([ada, ada, ada].map((request) => accounts.add(request)))
    expect(answers.map(codeOf).toSorted()).toEqual(['already_exists', 'already_exists', 'ok'])
    expect(world.rows('select * from persons')).toHaveLength(1)
  })

  it('keeps the rules of every account', async () => {
    const { accounts } = await openHouse()
    expect(codeOf(await accounts.add({ ...ada, password: 'short' }))).toBe('weak_password')
    expect(codeOf(await accounts.add({ ...ada, email: 'nobody' }))).toBe('invalid_email')
  })
})
