// What people do in these stories, click by click.

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Site } from './open-site.ts'
import { PASSWORD } from './open-site.ts'

export async function headingOf(page: Page): Promise<string> {
  return (await page.locator('h1').innerText()).trim()
}

/** Signs up, follows the mail, signs out again, and is on the sign-in page. */
export async function signUp(
  site: Pick<Site, 'url' | 'mailed'>,
  page: Page,
  email: string,
): Promise<void> {
  await page.goto(`${site.url}/sign-up`)
  await page.getByLabel('Your name').fill('Ann Example')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign up' }).click()
  expect(await headingOf(page)).toBe('Check your mail')
  await page.goto(await site.mailed(email, '/verify-email'))
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Verify my address' }).click()
  expect(await headingOf(page)).toBe('Your account')
  await signOut(page)
}

export async function signIn(site: Site, page: Page, email: string): Promise<void> {
  await page.goto(`${site.url}/sign-in`)
  await signInHere(page, email)
}

/** On the page that asks for it, wherever it leads then. */
export async function signInHere(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  expect(await page.getByRole('status').first().innerText()).toBe('You are signed out.')
}

/** Somebody who has an account and is on its page. */
export async function newAccount(site: Site, page: Page, email: string): Promise<void> {
  await signUp(site, page, email)
  await signIn(site, page, email)
  expect(await headingOf(page)).toBe('Your account')
}
