/** A terminal with the command `keywright`, and a real server of the starter definition beside it. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Home, type Play, type Played } from '@keywright/cli-kit/testing'
import { onTestFinished } from 'vitest'
import { keepSink, openSink, rememberSecret } from '../../../../tools/canary/registry.ts'
import { keywright } from '../../src/commands/command-line.ts'
import { LineLog } from '../../src/serve/line-log.ts'
import { loadDefinition } from '../../src/serve/load-definition.ts'
import { serve } from '../../src/serve/serve.ts'
import { readSettings } from '../../src/serve/settings.ts'

const DEFINITION = join(import.meta.dirname, '../../../../keywright.config.ts')
const SHOWN = /^admin key \(shown once\): (\S+)$/
const LISTENING = /^keywright listening on (\S+)$/
const SECRET = /\bkw_[a-z]+_\w{36,}\b/g

export interface Opened {
  readonly url: string
  /** The operator's, for `organizations/default` in live mode. */
  readonly adminKey: string
  readonly home: Home
  /** Runs a command; the address of the server is shown as `URL`. */
  run(command: string, play?: Omit<Play, 'args'>): Promise<Played>
  /** The same, when it has to succeed: what it says on stdout. A secret is remembered for the canary scan. */
  get(command: string): Promise<string>
}

export async function openTerminal(): Promise<Opened> {
  const { url, lines } = await startServer()
  const adminKey = SHOWN.exec(lines[0] ?? '')?.[1] ?? ''
  const home = new Home()

  const run = async (command: string, play: Omit<Play, 'args'> = {}): Promise<Played> => {
    const played = await home.play(keywright, {
      ...play,
      args: command.split(' '),
      // There is no keychain here, whatever the machine has: what a test sees does not depend on it.
      env: { PATH: '/nowhere', KEYWRIGHT_SERVER_URL: url, ...play.env },
    })
    const shown = (text: string): string => text.replaceAll(url, 'URL')
    return { ...played, stdout: shown(played.stdout), stderr: shown(played.stderr) }
  }
  const get = async (command: string): Promise<string> => {
    const { exit, stdout, stderr } = await run(command)
    if (exit !== 0) throw new Error(`${command} ended with ${exit}: ${stderr}`)
    for (const [secret] of stdout.matchAll(SECRET)) rememberSecret(secret)
    return stdout.trimEnd()
  }
  return { url, adminKey, home, run, get }
}

/** What `keywright serve` does, in this process; stopped as by a signal when the test ends. */
async function startServer(): Promise<{ url: string; lines: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-cli-'))
  const sink = openSink('keywright-cli-log')
  const lines: string[] = []
  const exited = Promise.withResolvers<number>()
  let stop = (): void => undefined
  const definition = await loadDefinition(DEFINITION)
  const settings = readSettings({ DATA_DIR: folder, PORT: '0' })
  await serve(
    { definition, settings, isAdminKeyWanted: false },
    {
      print: (line) => lines.push(line),
      warn: (line) => appendFileSync(sink, `${line}\n`),
      log: new LineLog((text) => appendFileSync(sink, text)),
      exit: exited.resolve,
      onSignal: (listener) => {
        stop = listener
      },
    },
  )
  onTestFinished(async () => {
    stop()
    await exited.promise
    keepSink(folder)
    rmSync(folder, { recursive: true })
  })
  for (const line of lines) for (const [secret] of line.matchAll(SECRET)) rememberSecret(secret)
  return { url: LISTENING.exec(lines.at(-1) ?? '')?.[1] ?? '', lines }
}
