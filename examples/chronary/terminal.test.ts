// The documentation from top to bottom, as a person follows it: the server on its first start, `chronary auth login` at
// a real terminal, a second profile for the key of an agent, and a script that has nothing but the login.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HAS_TERMINAL, Home, openTerminal } from '@keywright/cli-kit/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keepSink, rememberSecret } from '../../tools/canary/registry.ts'
import { startProcess } from '../../tools/run/start-process.ts'

const CLI = join(import.meta.dirname, '..', '..', 'tools', 'run', 'example-cli.ts')
const PROMPT = 'API key (input hidden): '
const SHOWN = /^org key \(shown once\): (chr_sk_\w+)$/

/** A server on its first start, and a home folder where nothing is. */
async function begin() {
  const folder = mkdtempSync(join(tmpdir(), 'chronary-'))
  onTestFinished(() => {
    keepSink(folder)
    rmSync(folder, { recursive: true })
  })
  const server = await startProcess([join(import.meta.dirname, 'server.ts')], { DATA_DIR: folder })
  const key = SHOWN.exec(server.lines[0] ?? '')?.[1] ?? ''
  rememberSecret(key)
  const home = new Home()
  return { url: server.url, key, home, env: { HOME: home.path, CHRONARY_SERVER_URL: server.url } }
}

type Begun = Awaited<ReturnType<typeof begin>>

/** A login at a terminal. @returns all that was on the screen */
async function login({ env }: Begun, command: string, key: string): Promise<string> {
  const terminal = openTerminal(`${process.execPath} ${CLI} chronary ${command}`, env)
  await terminal.sees(PROMPT)
  terminal.type(`${key}\r`)
  return (await terminal.ended()).replaceAll('\r\n', '\n')
}

/** A script of those lines, in which `chronary` is the command. */
function script({ env }: Begun, lines: string): string {
  const text = `set -eu; chronary() { ${process.execPath} ${CLI} chronary "$@"; }; ${lines}`
  const { PATH = '' } = process.env
  const options = { env: { PATH, ...env }, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync('sh', ['-c', text], options)
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describe.skipIf(!HAS_TERMINAL)('at a terminal', () => {
  test(
    'C3, C5, C7: the documentation can be followed from the first start to a second profile',
    { timeout: 120_000 },
    async () => {
      const begun = await begin()
      const { url, key, home } = begun

      expect(await login(begun, 'auth login', key)).toBe(
        `${PROMPT}\nLogged in as Org key (${url}).\nWrote ~/.config/chronary/config.json (chmod 600).\n`,
      )
      expect(home.files()).toEqual(['600 .config/chronary/config.json'])

      const [agent = '', agentKey = ''] = script(
        begun,
        'AGENT=$(chronary agents create "Sales agent"); AGENT_KEY=$(chronary keys create $AGENT); echo $AGENT $AGENT_KEY',
      )
        .trim()
        .split(' ')
      rememberSecret(agentKey)
      expect(agentKey).toMatch(/^chr_ak_[0-9A-Za-z]{36}$/)

      const screen = await login(begun, 'auth login --profile production', agentKey)
      expect(screen).not.toContain(agentKey)
      const listed = script(begun, 'chronary auth switch production; chronary auth list')
      expect(listed).toBe(
        `   default     ${key.slice(0, 11)}…  ${url}\n*  production  ${agentKey.slice(0, 11)}…  ${url}\n`,
      )
      expect(script(begun, `chronary agents availability ${agent}`)).toMatch(/free\n$/)
    },
  )
})
