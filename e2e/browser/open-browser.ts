// A real browser for the stories of this folder: Debian's Chromium with a profile of its own. Without Chromium they are
// skipped by name, unless KEYWRIGHT_REQUIRE_CHROMIUM=1.

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

const CHROMIUM = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser'].map((name) => join(folder, name)))
  .find((path) => existsSync(path))

/** Whether the stories run: they also do, and fail, where Chromium is required and absent. */
export const isBrowserWanted =
  CHROMIUM !== undefined || process.env['KEYWRIGHT_REQUIRE_CHROMIUM'] === '1'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** One browser for the tests of a file; each page is somebody else's, with cookies of its own. */
export function useBrowser(): {
  context(options?: BrowserContextOptions): Promise<BrowserContext>
  page(options?: BrowserContextOptions): Promise<Page>
} {
  let browser: Browser | undefined
  beforeAll(async () => {
    if (CHROMIUM === undefined) throw new Error('There is no chromium on the PATH.')
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
  })
  afterAll(() => browser?.close())
  const context = async (options: BrowserContextOptions = {}): Promise<BrowserContext> => {
    if (browser === undefined) throw new Error('The browser did not start.')
    const made = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options })
    onTestFinished(() => made.close())
    return made
  }
  return { context, page: async (options) => (await context(options)).newPage() }
}
