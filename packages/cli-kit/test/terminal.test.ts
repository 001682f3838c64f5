// What needs a real terminal to be true: nothing typed is shown, and the terminal is as before afterwards.

import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'
import { HAS_TERMINAL, IS_TERMINAL_REQUIRED, openTerminal } from './world/terminal.ts'

const CLI = `${process.execPath} ${join(import.meta.dirname, 'world', 'cli.ts')}`
const KEY = newSecret('sk_user')
const PROMPT = 'Credential (API key or JWT, input hidden): '

test.runIf(IS_TERMINAL_REQUIRED)('script is there, as KEYWRIGHT_REQUIRE_TERMINAL demands', () => {
  expect(HAS_TERMINAL).toBe(true)
})

async function atHome() {
  const home = new Home()
  const product = await startProduct([KEY])
  return { home, env: { HOME: home.path, CHRONICLE_SERVER_URL: product.url }, url: product.url }
}

describe.skipIf(!HAS_TERMINAL)('at a terminal', () => {
  test('the transcript of the documentation is what is on the screen, without the key', async () => {
    const { env, home, url } = await atHome()
    const terminal = openTerminal(`${CLI} METHODIC auth login`, env)
    await terminal.sees(PROMPT)
    terminal.type(`${KEY}\r`)
    await terminal.sees('Enter to keep current): ')
    terminal.type('1\r')
    const screen = await terminal.ended()
    expect(screen).not.toContain(KEY)
    expect(screen.replaceAll('\r\n', '\n')).toBe(
      [
        PROMPT,
        'Organizations you belong to:',
        '1. acme — Acme Research',
        '2. blue — Blue Lab',
        'Default organization (number or slug; Enter to keep current): 1',
        `Logged in as Jane Doe (${url}).`,
        'Wrote ~/.methodic/credentials.yaml (chmod 600).',
        'Default organization: 2f1c… (recorded in ~/.methodic/config.yaml).',
        '',
      ].join('\n'),
    )
    expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${KEY}\n`)
  })

  test('Ctrl-C at the hidden prompt ends with 130 and leaves the terminal as it was', async () => {
    const { env, home } = await atHome()
    const inside = `stty -a; ${CLI} METHODIC auth login; echo "ended $?"; stty -a`
    const terminal = openTerminal(inside, env)
    await terminal.sees(PROMPT)
    terminal.type(`${KEY.slice(0, 12)}\u0003`)
    const shown = stripVTControlCharacters(await terminal.ended())
    const screen = shown.replaceAll('\r\n', '\n')
    const [before = '', after = ''] = screen.split(/^Credential[^]*^ended 130\n/m)
    expect(before).toContain('icanon')
    expect(after).toBe(before)
    expect(screen).toContain('methodic: Interrupted.')
    expect(screen).not.toContain(KEY.slice(0, 12))
    expect(home.files()).toEqual([])
  })

  test('Ctrl-C at a question whose answer is shown ends with 130 too', async () => {
    const { env, home } = await atHome()
    const terminal = openTerminal(`trap : INT; ${CLI} METHODIC auth login; echo "ended $?"`, env)
    await terminal.sees(PROMPT)
    terminal.type(`${KEY}\r`)
    await terminal.sees('Enter to keep current): ')
    terminal.type('\u0003')
    await terminal.sees('ended 130')
    await terminal.ended()
    expect(home.files()).toEqual([])
  })

  test('a paste of 9000 characters is taken whole, where a terminal would cut a line at 4096', async () => {
    const { env, home } = await atHome()
    const header = Buffer.from('{"alg":"RS256"}').toString('base64url')
    const jwt = `${header}.${'a'.repeat(9000)}.${'b'.repeat(340)}`
    const terminal = openTerminal(`${CLI} METHODIC auth login --no-verify`, env)
    await terminal.sees(PROMPT)
    terminal.type(`\u001B[200~${jwt}\u001B[201~\r`)
    const screen = await terminal.ended()
    expect(screen).not.toContain('aaaa')
    expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${jwt}\n`)
  })

  test('complaint 14: --with-token on a terminal asks instead of waiting in silence', async () => {
    const { home, url } = await atHome()
    const env = { HOME: home.path, AUTOLAB_HOST: url }
    const terminal = openTerminal(`${CLI} AUTOLAB login --with-token --no-verify`, env)
    await terminal.sees('Credential (input hidden): ')
    const token = newSecret('al')
    terminal.type(`${token}\r`)
    expect(await terminal.ended()).toContain('chmod 600')
  })
})
