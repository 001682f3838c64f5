// Every page of accounts held against axe-core, in both colour schemes, in a wide and a narrow window.

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { faultsOf, keepPicture } from './faults.ts'
import { isBrowserWanted, useBrowser } from './open-browser.ts'
import type { Site } from './open-site.ts'
import { openSite, PASSWORD } from './open-site.ts'
import { newAccount, signIn, signOut } from './people.ts'

/** Goes through the pages in the order that somebody new sees them. */
async function visitAll(
  site: Site,
  page: Page,
  { email, look }: { email: string; look: (name: string) => Promise<void> },
): Promise<void> {
  for (const path of [
    'sign-up',
    'sign-up/sent',
    'sign-in',
    'forgot-password',
    'forgot-password/sent',
  ]) {
    await page.goto(`${site.url}/${path}`)
    await look(path.replace('/', '-'))
  }
  for (const path of ['verify-email', 'reset-password', 'invitations/accept', 'nowhere']) {
    await page.goto(`${site.url}/${path}?token=none`)
    await look(path.replace('/', '-'))
  }
  await page.goto(`${site.url}/sign-up`)
  await page.getByLabel('Your name').fill('Ann')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill('password')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await look('sign-up-refused')
  await newAccount(site, page, email)
  await look('account')
  await page.goto(`${site.url}/invitations/accept`)
  await look('invitations-accept-signed-in')
  await page.goto(`${site.url}/sign-in?again=yes`)
  await look('sign-in-again')
  await page.goto(`${site.url}/account`)
  const section = page.getByRole('region', { name: 'Two-step sign-in' })
  await section.getByLabel('Password').fill(PASSWORD)
  await section.getByRole('button', { name: 'Set it up' }).click()
  await look('two-step')
  await page.getByLabel('six digits').fill('000000')
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await look('two-step-refused')
  await signOut(page)
  await look('signed-out')
  await signIn(site, page, 'nobody@lab.example')
  await look('sign-in-refused')
}

describe.runIf(isBrowserWanted)('every page', () => {
  const browser = useBrowser()

  test.each([
    ['light', 1000],
    ['dark', 320],
  ] as const)('has no fault that axe knows, %s and %i pixels wide', async (colorScheme, width) => {
    const site = await openSite()
    const viewport = { width, height: 800 }
    const page = await browser.page({ colorScheme, viewport })
    const faults: Record<string, string[]> = {}
    const look = async (name: string): Promise<void> => {
      const found = await faultsOf(page)
      if (found.length > 0) faults[name] = found
      await keepPicture(page, `${name}-${colorScheme}-${width}`)
    }
    await visitAll(site, page, { email: `${colorScheme}@lab.example`, look })
    expect(faults).toEqual({})
  })
})
