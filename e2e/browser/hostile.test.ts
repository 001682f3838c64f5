// What only a real browser can show: what it sends along, what it refuses to run, and that hands on a keyboard are enough.

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { isBrowserWanted, useBrowser } from './open-browser.ts'
import { openSite, PASSWORD } from './open-site.ts'
import { headingOf, newAccount, signUp } from './people.ts'

const EMAIL = 'ann@lab.example'

/** Tabs on until the focus is where a person would stop. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab')
    const found = await page
      .getByLabel(label, { exact: true })
      .or(page.getByRole('button', { name: label, exact: true }))
      .or(page.getByRole('link', { name: label, exact: true }))
      .evaluate((element) => element === element.ownerDocument.activeElement)
    if (found) return
  }
  throw new Error(`The focus never comes to '${label}'.`)
}

describe.runIf(isBrowserWanted)('in a browser', () => {
  const browser = useBrowser()

  test('the token of a link stands in no Referer, and its form is still taken (row 65)', async () => {
    const site = await openSite()
    const page = await browser.page()
    await signUp(site, page, EMAIL)
    await page.goto(`${site.url}/forgot-password`)
    await page.getByLabel('E-mail address').fill(EMAIL)
    await page.getByRole('button', { name: 'Send me the link' }).click()
    const link = await site.mailed(EMAIL, '/reset-password')
    const password = 'eleven kites above a silver meadow'
    rememberSecret(password)
    const sent: Promise<string | null>[] = []
    page.on('request', (request) => sent.push(request.headerValue('referer')))
    await page.goto(link)
    await page.getByRole('link', { name: 'Ask for another link' }).click()
    await page.goBack()
    await page.getByLabel('New password').fill(password)
    await page.getByRole('button', { name: 'Set the password' }).click()
    expect(await headingOf(page)).toBe('Sign in')
    const referers = (await Promise.all(sent)).filter((each) => each !== null)
    expect(referers.length).toBeGreaterThan(0)
    expect(new Set(referers)).toEqual(new Set([`${site.url}/`]))
  })

  test('a page runs and loads nothing that was put into it (row 59)', async () => {
    const site = await openSite()
    const page = await browser.page()
    await newAccount(site, page, EMAIL)
    const refusals = [
      'script-src-attr',
      'script-src-elem',
      'img-src',
      'style-src-attr',
      'connect-src',
    ]
    const title = await page.evaluate(async (wanted) => {
      const seen = new Set<string>()
      const all = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          seen.add(effectiveDirective)
          if (wanted.every((directive) => seen.has(directive))) resolve()
        })
      })
      const markup =
        '<img src="x" onerror="hit()"><img src="https://evil.example/x"><p style="color: red">x</p>'
      document.body.insertAdjacentHTML('beforeend', markup)
      const script = document.createElement('script')
      script.textContent = 'document.title = "hit"'
      document.body.append(script)
      await fetch('https://evil.example/').catch(() => undefined)
      await all
      return document.title
    }, refusals)
    expect(title).not.toBe('hit')
  })

  test('somebody signs in and out by keyboard alone, without scripts', async () => {
    const site = await openSite()
    const page = await browser.page({ javaScriptEnabled: false })
    await signUp(site, page, EMAIL)
    await page.goto(`${site.url}/sign-in`)
    await tabTo(page, 'E-mail address')
    await page.keyboard.type(EMAIL)
    await tabTo(page, 'Password')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    await tabTo(page, 'Sign out')
    await page.keyboard.press('Enter')
    await page.getByText('You are signed out.').waitFor()
  })
})
