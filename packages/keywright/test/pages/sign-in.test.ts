import { describe, expect, it } from 'vitest'
import { RECOVERY_CODE, STRONG, TOTP_CODE } from './memory-accounts.ts'
import { openPages, ORIGIN } from './open-pages.ts'

describe('signing up', () => {
  it('leads from the form over the mail to the account, without a script', async () => {
    const { reader, accounts } = await openPages()
    const ann = reader()
    await ann.open('/account')
    expect(ann.location).toBe('/sign-in?return_to=%2Faccount')
    await ann.open('/sign-up?return_to=/account%3Ffrom%3Dsign-up')
    await ann.send('/sign-up', { name: 'Ann <b>', email: 'ann@lab.example', password: STRONG })
    await ann.follow()
    expect(ann.heading).toBe('Check your mail')
    await ann.open(accounts.mails[0]?.link ?? '')
    await ann.send('/verify-email', { password: 'of somebody else' })
    expect([ann.page.status, ann.heading]).toEqual([401, 'Verify your address'])
    expect(ann.page.text).toContain('id="password-error"')
    await ann.send('/verify-email', { password: STRONG })
    expect([ann.page.status, ann.location]).toEqual([303, '/account?from=sign-up'])
    await ann.follow()
    expect(ann.heading).toBe('Your account')
    expect(ann.page.text).toContain('Ann &lt;b&gt;')
    expect(ann.page.text).not.toContain('Ann <b>')
  })

  it('reads the link of a mail without doing anything', async () => {
    const { reader, accounts } = await openPages()
    const ann = reader()
    await ann.open('/sign-up')
    await ann.send('/sign-up', { name: 'Ann', email: 'ann@lab.example', password: STRONG })
    const link = accounts.mails[0]?.link ?? ''
    await reader().open(link)
    await reader().open(link)
    await ann.open(link)
    expect((await ann.send('/verify-email', { password: STRONG })).status).toBe(303)
    await ann.open(link)
    expect((await ann.send('/verify-email', { password: STRONG })).status).toBe(410)
    expect(ann.page.text).toContain('The link was used or has expired.')
  })

  it('answers the same for an address that has an account already', async () => {
    const { reader, member, accounts } = await openPages()
    await member('ann')
    const answers: unknown[] = []
    for (const email of ['ann@lab.example', 'new@lab.example']) {
      const somebody = reader()
      await somebody.open('/sign-up')
      const { status, text } = await somebody.send('/sign-up', {
        name: 'A',
        email,
        password: STRONG,
      })
      answers.push([status, text, somebody.location, (await somebody.follow()).text])
    }
    expect(answers[0]).toEqual(answers[1])
    expect(accounts.mails.at(-2)?.link).toBe(`${ORIGIN}/sign-in`)
  })

  it('ties what is wrong to its field and keeps what was written, but no password', async () => {
    const { reader } = await openPages()
    const ann = reader()
    await ann.open('/sign-up?return_to=/a')
    await ann.send('/sign-up', { name: 'Ann', email: 'ann@lab.example', password: 'shortpass' })
    expect(ann.page.status).toBe(422)
    expect(ann.page.text).toContain('<title>Error: Sign up · Lab</title>')
    expect(ann.page.text).toMatch(/id="password-error">\s*Use 12 characters at least/)
    expect(ann.page.text).toMatch(/id="password"[^>]*aria-invalid="true"/)
    expect(ann.page.text).toContain('value="Ann"')
    expect(ann.page.text).toContain('name="return_to" value="/a"')
    expect(ann.page.text).not.toContain('shortpass')
  })
})

describe('signing in', () => {
  it('says neither which part was wrong nor whether the address is known, and passes on the wait', async () => {
    const { reader, member } = await openPages()
    await member('ann')
    const texts: string[] = []
    for (const email of ['ann@lab.example', 'nobody@lab.example']) {
      const somebody = reader()
      await somebody.open('/sign-in')
      const { status, text } = await somebody.send('/sign-in', { email, password: 'wrong' })
      expect(status).toBe(401)
      texts.push(text.replaceAll(email, '').replaceAll(/form_token" value="[^"]*"/g, ''))
    }
    expect(texts[0]).toBe(texts[1])
    const guesser = reader()
    await guesser.open('/sign-in')
    await guesser.send('/sign-in', { email: 'ann@lab.example', password: 'wrong' })
    await guesser.send('/sign-in', { email: 'ann@lab.example', password: 'wrong' })
    expect([guesser.page.status, guesser.page.headers['retry-after']]).toEqual([429, '60'])
    expect(guesser.page.text).toContain('Wait a minute')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '/%2f%2fevil',
  ])('goes to the account and not to %j afterwards (row 60)', async (returnTo) => {
    const { member, reader } = await openPages()
    await member('ann')
    const ann = reader()
    await ann.open(`/sign-in?return_to=${encodeURIComponent(returnTo)}`)
    expect(ann.page.text).not.toContain('evil')
    const fields = { email: 'ann@lab.example', password: STRONG, return_to: returnTo }
    await ann.send('/sign-in', fields)
    expect(ann.location).toBe('/account')
  })

  it('asks for the second factor, takes an app code or a recovery code, and keeps the way back', async () => {
    const { signedIn } = await openPages()
    const ann = await signedIn('ann')
    await ann.send('/account/authenticator', { password: STRONG })
    await ann.send('/account/authenticator/confirm', { code: TOTP_CODE })
    for (const code of [TOTP_CODE, RECOVERY_CODE]) {
      await ann.open('/account')
      await ann.send('/sign-out')
      expect(ann.page.text).toContain('You are signed out.')
      await ann.open('/sign-in?return_to=/oauth/authorize%3Fclient_id%3Da')
      await ann.send('/sign-in', { email: 'ann@lab.example', password: STRONG })
      await ann.follow()
      expect(ann.heading).toBe('One more step')
      expect((await ann.send('/second-factor', { code: '000000' })).status).toBe(401)
      expect(ann.page.text).toMatch(/id="code-error"/)
      await ann.send('/second-factor', { code })
      expect(ann.location).toBe('/oauth/authorize?client_id=a')
    }
  })

  it('goes on to an outside provider by a page, and comes back to a path of ours', async () => {
    const { reader } = await openPages()
    const eve = reader()
    await eve.open('/sign-in')
    expect(eve.page.text).toContain('Continue with Corp &lt;SSO&gt;')
    await eve.send('/sign-in/with/corp')
    expect(eve.page.text).toContain(
      '<meta http-equiv="refresh" content="0; url=https://sso.corp.example/authorize?state=1" />',
    )
    await eve.open('/sign-in/callback/corp?code=bad&state=1')
    expect([eve.page.status, eve.heading]).toEqual([401, 'Sign in'])
    await eve.open('/sign-in/callback/corp?code=good&state=1')
    expect([eve.page.status, eve.location]).toEqual([303, '/account'])
  })

  it('signs in by passkey, with what the script puts into the form', async () => {
    const { member, reader } = await openPages()
    await member('ann')
    const ann = reader()
    await ann.open('/sign-in')
    const response = JSON.stringify({ email: 'ann@lab.example' })
    expect((await ann.send('/sign-in/passkey', { response: '{"email":"x"}' })).status).toBe(401)
    await ann.send('/sign-in/passkey', { response })
    expect(ann.location).toBe('/account')
    await ann.open('/sign-in?again=yes')
    expect((await ann.send('/sign-in/passkey', { response: '[]' })).status).toBe(422)
  })

  it('shows nobody a second sign-in, unless they have to show once more who they are', async () => {
    const { signedIn } = await openPages()
    const ann = await signedIn('ann')
    await ann.open('/sign-in?return_to=/device')
    expect(ann.location).toBe('/device')
    await ann.open('/sign-in?return_to=/device&again=yes')
    expect(ann.page.text).toContain('show once more that it is you')
  })

  it('signs out by a form only (row 59)', async () => {
    const { signedIn } = await openPages()
    const ann = await signedIn('ann')
    const read = await ann.open('/sign-out')
    expect([read.status, read.headers['allow']]).toEqual([405, 'POST'])
    await ann.open('/account')
    expect(ann.heading).toBe('Your account')
  })
})

describe('a forgotten password', () => {
  it('is replaced by the link of a mail, which nobody can tell from none', async () => {
    const { member, reader, accounts } = await openPages()
    await member('ann')
    const before = accounts.mails.length
    const texts: string[] = []
    for (const email of ['nobody@lab.example', 'ann@lab.example']) {
      const somebody = reader()
      await somebody.open('/forgot-password')
      await somebody.send('/forgot-password', { email })
      texts.push((await somebody.follow()).text)
    }
    expect(texts[0]).toBe(texts[1])
    expect(accounts.mails).toHaveLength(before + 1)
    const ann = reader()
    await ann.open(accounts.mails.at(-1)?.link ?? '')
    expect((await ann.send('/reset-password', { password: 'short' })).status).toBe(422)
    const password = 'an entirely new password'
    expect((await ann.send('/reset-password', { password })).status).toBe(200)
    await ann.send('/sign-in', { email: 'ann@lab.example', password })
    expect(ann.location).toBe('/account')
  })
})
