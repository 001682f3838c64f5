// What is wrong with how a page is made: accessibility by axe-core, and its width.

import { join } from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'

const SHOTS = process.env['KEYWRIGHT_SHOTS']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Every fault in a sentence. Runs past the page's own policy, which lets nobody's script in. */
export async function faultsOf(page: Page): Promise<string[]> {
  // What is evaluated stands outside of the page's policy; a script element would not.
  await page.evaluate(axe.source)
  const violations = (await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(RULES)} }).then((found) => found.violations)`,
  )) as Violation[]
  const isWiderThanWindow = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  )
  const faults = violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes[0]?.html}`)
  return isWiderThanWindow === true ? [...faults, 'the page is wider than its window'] : faults
}

/** Keeps a picture of the page where KEYWRIGHT_SHOTS names a folder, for whoever changes how pages look. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
}
