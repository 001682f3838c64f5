// A home folder with the tools of a keychain that a test wants, a product, and logins to it that may be sealed.

import { ACME } from './lines.ts'
import { Home, type Play } from './play.ts'
import { newSecret, startProduct } from './product.ts'
import { standIns } from './tools.ts'

/** Where the logins lie, below the home folder. */
export const FILE = '.config/acme/config.json'

/** A PATH on which no tool is. */
export const NO_TOOLS = { PATH: '/nowhere' }

export async function atHome(tools: Readonly<Record<string, string>> = {}, line = ACME) {
  const home = new Home()
  const key = newSecret('acme_pk')
  const product = await startProduct([key])
  const { env, started } = standIns(home, tools)
  const path = Object.keys(tools).length === 0 ? NO_TOOLS : env
  const run = (words: string, change: Partial<Play> = {}) =>
    home.play(line, {
      args: words.split(' '),
      ...change,
      env: { ACME_SERVER_URL: product.url, ...path, ...change.env },
    })
  const logIn = (words = 'login', change: Partial<Play> = {}) =>
    run(`${words} --with-token`, { piped: key, ...change })
  const stored = (): string => {
    const { profiles } = JSON.parse(home.read(FILE)) as {
      profiles: { default: { api_key: string } }
    }
    return profiles.default.api_key
  }
  return { home, key, product, run, logIn, stored, started }
}
