import { describe, expect, it } from 'vitest'
import { Browser, codeOf, good, openHouse, OTHER_PASSWORD, PASSWORD, wait } from './house.ts'

const HOUR = 3_600_000
const email = 'ada@lab.example'

describe('a session', () => {
  it('ends after 24 hours without use, and 30 days after its sign-in at the latest', async () => {
    const house = await openHouse()
    const idle = await house.enter()
    wait(24 * HOUR)
    expect(await house.accounts.sessionOf(idle.visitor)).toBeUndefined()
    wait(-HOUR)
    // It was ended, not just hidden.
    expect(await house.accounts.sessionOf(idle.visitor)).toBeUndefined()
    const busy = new Browser()
    good(await busy.take(house.accounts.signIn({ email, password: PASSWORD }, busy.visitor)))
    const begun = Date.now()
    for (let hours = 23; hours < 30 * 24; hours += 23) {
      wait(23 * HOUR)
      const session = await house.accounts.sessionOf(busy.visitor)
      expect(session?.authenticatedAt).toBe(begun)
      expect(session?.expiresAt).toBeLessThanOrEqual(begun + 30 * 24 * HOUR)
    }
    wait(23 * HOUR)
    expect(await house.accounts.sessionOf(busy.visitor)).toBeUndefined()
  })

  it('has a new id at each sign-in, which ends the one before', async () => {
    const house = await openHouse()
    const browser = await house.enter()
    const before = browser.copy()
    const first = await house.accounts.sessionOf(browser.visitor)
    good(await browser.take(house.accounts.signIn({ email, password: PASSWORD }, browser.visitor)))
    const second = await house.accounts.sessionOf(browser.visitor)
    expect(second?.id).not.toBe(first?.id)
    expect(await house.accounts.sessionOf(before.visitor)).toBeUndefined()
  })

  it('is seen and ended by its owner, and refused at its next use (row 22)', async () => {
    const house = await openHouse()
    const { accounts } = house
    const laptop = await house.enter()
    const phone = new Browser()
    phone.network = '203.0.113.7'
    phone.userAgent = 'phone'
    wait(60_000)
    good(await phone.take(accounts.signIn({ email, password: PASSWORD }, phone.visitor)))
    const { sessions } = good(await accounts.listSessions(laptop.visitor))
    expect(sessions).toMatchObject([
      { isCurrent: true, userAgent: 'test browser', network: null },
      { isCurrent: false, userAgent: 'phone', network: '203.0.113.7', authenticatedAt: Date.now() },
    ])
    const stranger = await house.enter('eve@lab.example')
    const id = sessions[1]?.id ?? ''
    expect(codeOf(await accounts.endSession({ id }, stranger.visitor))).toBe('session_not_found')
    expect(await accounts.sessionOf(phone.visitor)).toBeDefined()
    good(await accounts.endSession({ id }, laptop.visitor))
    expect(await accounts.sessionOf(phone.visitor)).toBeUndefined()
    expect(codeOf(await accounts.listSessions(phone.visitor))).toBe('not_signed_in')
    expect(codeOf(await accounts.endSession({ id }, laptop.visitor))).toBe('session_not_found')
  })

  it.each([
    ['disabled', 'disable'],
    ['ended', 'end'],
  ] as const)('is nobody when the person is %s (row 21)', async (_state, verb) => {
    const house = await openHouse()
    const browser = await house.enter()
    const session = await house.accounts.sessionOf(browser.visitor)
    const { resources } = house.world.authority
    const person = `users/${session?.personId}`
    expect(await resources[verb](person)).toMatchObject({ ok: true })
    expect(await house.accounts.sessionOf(browser.visitor)).toBeUndefined()
    const again = new Browser()
    const answer = await again.take(
      house.accounts.signIn({ email, password: PASSWORD }, again.visitor),
    )
    expect(codeOf(answer)).toBe('account_disabled')
    expect(again.jar.size).toBe(0)
    if (verb === 'end') return
    await resources.enable(person)
    expect(await house.accounts.sessionOf(browser.visitor)).toBeDefined()
  })

  it('cannot be made from what the database holds, nor from a part of a cookie', async () => {
    const house = await openHouse()
    const browser = await house.enter()
    const [cookie = ''] = browser.jar.values()
    const [name = ''] = browser.jar.keys()
    const [row] = house.world.rows('select id, token from account_sessions')
    const signature = decodeURIComponent(cookie).split('.')[1] ?? ''
    expect(JSON.stringify(house.world.rows('select * from account_sessions'))).not.toContain(
      signature,
    )
    for (const value of [
      String(row?.['token']),
      String(row?.['id']),
      `${String(row?.['token'])}.`,
      `${String(row?.['token'])}.${encodeURIComponent(Buffer.alloc(32).toString('base64'))}`,
      cookie.slice(0, -4),
      '',
    ]) {
      const thief = new Browser()
      thief.jar.set(name, value)
      expect(await house.accounts.sessionOf(thief.visitor), value).toBeUndefined()
    }
  })

  it('has the name that its owner chooses, which is the name of the person', async () => {
    const house = await openHouse()
    const browser = await house.enter()
    good(await house.accounts.changeName({ name: ' Ada Lovelace ' }, browser.visitor))
    const session = await house.accounts.sessionOf(browser.visitor)
    expect(session?.name).toBe('Ada Lovelace')
    expect(house.world.rows('select name from persons')).toEqual([{ name: 'Ada Lovelace' }])
    expect(codeOf(await house.accounts.changeName({ name: '' }, browser.visitor))).toBe(
      'invalid_name',
    )
  })
})

describe('a password', () => {
  it('is changed with the current one, which ends every other session', async () => {
    const house = await openHouse()
    const { accounts } = house
    const browser = await house.enter()
    const other = new Browser()
    good(await other.take(accounts.signIn({ email, password: PASSWORD }, other.visitor)))
    const stolen = browser.copy()
    const wrong = { current: OTHER_PASSWORD, next: OTHER_PASSWORD }
    expect(codeOf(await accounts.changePassword(wrong, browser.visitor))).toBe(
      'invalid_credentials',
    )
    const weak = { current: PASSWORD, next: 'passwordpassword' }
    expect(codeOf(await accounts.changePassword(weak, browser.visitor))).toBe('weak_password')
    const right = { current: PASSWORD, next: OTHER_PASSWORD }
    good(await browser.take(accounts.changePassword(right, browser.visitor)))
    expect(await accounts.sessionOf(browser.visitor)).toBeDefined()
    expect(await accounts.sessionOf(stolen.visitor)).toBeUndefined()
    expect(await accounts.sessionOf(other.visitor)).toBeUndefined()
    expect(house.mails.at(-1)?.subject).toBe('Your password for Lab was changed')
    const old = await accounts.signIn({ email, password: PASSWORD }, other.visitor)
    expect(codeOf(old)).toBe('invalid_credentials')
    good(await accounts.signIn({ email, password: OTHER_PASSWORD }, other.visitor))
  })

  it('is set by the link of a mail, which works once and ends every session (row 63)', async () => {
    const house = await openHouse()
    const { accounts } = house
    const browser = await house.enter()
    const { visitor } = new Browser()
    expect(await accounts.requestPasswordReset({ email }, visitor)).toEqual({
      ok: true,
      setCookies: [],
    })
    const token = ` ${house.token()} `
    const weak = await accounts.resetPassword({ token, password: 'short' }, visitor)
    expect(codeOf(weak)).toBe('weak_password')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        accounts.resetPassword({ token, password: OTHER_PASSWORD }, visitor),
      ),
    )
    expect(answers.map(codeOf).toSorted()).toEqual([
      ...Array.from({ length: 19 }, () => 'invalid_link'),
      'ok',
    ])
    expect(await accounts.sessionOf(browser.visitor)).toBeUndefined()
    good(await accounts.signIn({ email, password: OTHER_PASSWORD }, visitor))
  })

  it('is reset by the latest link alone, and for half an hour', async () => {
    const house = await openHouse()
    const { accounts } = house
    await house.enter()
    const { visitor } = new Browser()
    const reset = (token: string) =>
      accounts.resetPassword({ token, password: OTHER_PASSWORD }, visitor)
    good(await accounts.requestPasswordReset({ email }, visitor))
    const first = house.token()
    good(await accounts.requestPasswordReset({ email }, visitor))
    const second = house.token()
    good(await reset(second))
    expect(codeOf(await reset(first))).toBe('invalid_link')
    good(await accounts.requestPasswordReset({ email }, visitor))
    wait(30 * 60_000)
    expect(codeOf(await reset(house.token()))).toBe('invalid_link')
  })

  it('of an address that nobody has is reset with the same answer and no mail', async () => {
    const { accounts, mails } = await openHouse()
    const { visitor } = new Browser()
    expect(await accounts.requestPasswordReset({ email }, visitor)).toEqual({
      ok: true,
      setCookies: [],
    })
    expect(mails).toEqual([])
    expect(codeOf(await accounts.resetPassword({ token: '', password: PASSWORD }, visitor))).toBe(
      'invalid_link',
    )
  })
})
