// Servers in processes of their own, spoken to over the wire only.

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { WireAnswer } from '../fixture/sample-answer.ts'

export interface Served {
  readonly url: string
  readonly stop: () => Promise<void>
}

const BARE = fileURLToPath(new URL('bare-server.ts', import.meta.url))
const DEFINITION = fileURLToPath(new URL('../../keywright.config.ts', import.meta.url))
const LISTENING = /listening on (http:\S+)$/

/** `keywright serve` over the database in a folder; its log goes to a file there. */
export function startKeywright(folder: string): Promise<Served> {
  const command = fileURLToPath(new URL('bin.ts', import.meta.resolve('keywright')))
  const settings = { PORT: '0', DATA_DIR: folder }
  return start([command, 'serve', DEFINITION], { settings, logPath: join(folder, 'server.log') })
}

/** A bare node:http server that reads each request and gives this answer. */
export function startBare(folder: string, answer: WireAnswer): Promise<Served> {
  const settings = { ANSWER: JSON.stringify(answer) }
  return start([BARE], { settings, logPath: join(folder, 'bare.log') })
}

interface StartOptions {
  readonly settings: NodeJS.ProcessEnv
  readonly logPath: string
}

async function start(
  command: readonly string[],
  { settings, logPath }: StartOptions,
): Promise<Served> {
  const log = openSync(logPath, 'a')
  // Test runners set this one to a path, which is no address of a server.
  const { BASE_URL: _, ...environment } = process.env
  const child = spawn(process.execPath, command, {
    env: { ...environment, ...settings },
    stdio: ['ignore', 'pipe', log],
  })
  closeSync(log)
  const url = await addressOf(child)
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  child.once('error', reject)
  child.once('exit', (code) => reject(new Error(`A server ended at its start with ${code}.`)))
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      const url = LISTENING.exec(line)?.[1]
      if (url !== undefined) resolve(url)
    })
  }
  return promise
}
