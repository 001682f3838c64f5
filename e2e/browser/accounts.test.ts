// Accounts as people meet them: a real server, real mails, a real browser.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { isBrowserWanted, useBrowser } from './open-browser.ts'
import { openSite, PASSWORD } from './open-site.ts'
import { headingOf, newAccount, signIn, signOut, signUp } from './people.ts'
import { totpCode } from './totp.ts'

const EMAIL = 'ann@lab.example'

describe.runIf(isBrowserWanted)('in a browser', () => {
  const browser = useBrowser()

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])(
    'somebody signs up, follows the mail, signs in and out, %s',
    async (_name, javaScriptEnabled) => {
      const site = await openSite()
      const page = await browser.page({ javaScriptEnabled })
      await page.goto(`${site.url}/account`)
      expect(await headingOf(page)).toBe('Sign in')
      await signUp(site, page, EMAIL)
      await page.getByLabel('E-mail address').fill(EMAIL)
      await page.getByLabel('Password').fill('not the password at all')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      expect(await page.getByRole('alert').count()).toBe(1)
      await signIn(site, page, EMAIL)
      expect(await headingOf(page)).toBe('Your account')
      await page.getByLabel('Your name').fill('Ann Other')
      await page.getByRole('button', { name: 'Change the name' }).click()
      expect(await page.getByLabel('Your name').inputValue()).toBe('Ann Other')
      await signOut(page)
      await page.goBack()
      await page.goto(`${site.url}/account`)
      expect(await headingOf(page)).toBe('Sign in')
    },
  )

  test('a forgotten password is replaced by mail', async () => {
    const site = await openSite()
    const page = await browser.page()
    await signUp(site, page, EMAIL)
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByLabel('E-mail address').fill(EMAIL)
    await page.getByRole('button', { name: 'Send me the link' }).click()
    expect(await headingOf(page)).toBe('Check your mail')
    await page.goto(await site.mailed(EMAIL, '/reset-password'))
    const password = 'eleven kites above a silver meadow'
    await page.getByLabel('New password').fill(password)
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByLabel('E-mail address').fill(EMAIL)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    expect(await headingOf(page)).toBe('Your account')
  })

  test('two-step sign-in is set up and asked for; a recovery code stands in, once', async () => {
    const site = await openSite()
    const page = await browser.page()
    await newAccount(site, page, EMAIL)
    const section = page.getByRole('region', { name: 'Two-step sign-in' })
    await section.getByLabel('Password').fill(PASSWORD)
    await section.getByRole('button', { name: 'Set it up' }).click()
    const link = await page
      .getByRole('link', { name: 'open it on this device' })
      .getAttribute('href')
    const secret = new URL(link ?? '').searchParams.get('secret') ?? ''
    rememberSecret(secret)
    const recovery = await page
      .getByRole('list', { name: 'Recovery codes' })
      .locator('code')
      .first()
      .innerText()
    expect(
      await page.getByRole('img', { name: 'The code for your authenticator app' }).count(),
    ).toBe(1)
    await page.getByLabel('six digits').fill(totpCode(secret, Date.now()))
    await page.getByRole('button', { name: 'Turn it on' }).click()
    expect(await page.getByRole('status').first().innerText()).toContain('Two-step sign-in is on.')
    for (const [code, heading] of [
      ['000000', 'One more step'],
      [recovery, 'Your account'],
      [recovery, 'One more step'],
      // That of the step before was used to set it up.
      [totpCode(secret, Date.now() + 30_000), 'Your account'],
    ] as const) {
      if ((await headingOf(page)) === 'Your account') await signOut(page)
      await signIn(site, page, EMAIL)
      expect(await headingOf(page)).toBe('One more step')
      await page.getByLabel('Code').fill(code)
      await page.getByRole('button', { name: 'Go on' }).click()
      expect(await headingOf(page)).toBe(heading)
    }
  })

  test('a passkey is added, signs in alone, and is removed', async () => {
    const site = await openSite()
    const page = await browser.page()
    await addAuthenticator(page)
    await newAccount(site, page, EMAIL)
    await page.getByLabel('Name of a new passkey').fill('laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('The passkey is added.').waitFor()
    await signOut(page)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    await page
      .getByRole('region', { name: 'Passkeys' })
      .getByRole('button', { name: 'Remove' })
      .click()
    expect(await page.getByRole('status').first().innerText()).toContain('The passkey is removed.')
    await signOut(page)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('alert').waitFor()
    expect(await headingOf(page)).toBe('Sign in')
  })

  test('another site can neither frame a page nor send its forms (row 59)', async () => {
    const site = await openSite()
    const page = await browser.page()
    await newAccount(site, page, EMAIL)
    const evil = await serveHtml(`<iframe src="${site.url}/account"></iframe>
      <form method="post" action="${site.url}/account/name"><input name="name" value="Mallory"><button>x</button></form>`)
    await page.goto(evil)
    await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/)
    const answer = page.waitForResponse(`${site.url}/account/name`)
    await page.getByRole('button').click()
    expect((await answer).status()).toBe(403)
    await page.goto(`${site.url}/account`)
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ann Example')
  })

  test('the token of an invitation goes from the fragment into the form, and out of the address', async () => {
    const site = await openSite()
    const page = await browser.page()
    await page.goto(`${site.url}/invitations/accept#an-invitation`)
    expect(page.url()).toBe(`${site.url}/invitations/accept`)
    await newAccount(site, page, EMAIL)
    await page.goto(`${site.url}/invitations/accept`)
    expect(await page.getByLabel('Invitation').inputValue()).toBe('an-invitation')
  })
})

/** A device with a screen lock that always agrees. */
async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** A page of another site. */
async function serveHtml(html: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(html)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
