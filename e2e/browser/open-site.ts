// The standalone server of a definition with people, in a process of its own, and the mails it sends.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from 'keywright'
import { vi } from 'vitest'
import { makeFolder } from '../testing/make-folder.ts'
import type { RunningProcess } from '../testing/start-process.ts'
import { startProcess } from '../testing/start-process.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const BIN = join(ROOT, 'packages', 'keywright', 'src', 'bin.ts')
const LISTENING = /^keywright listening on /

export const PASSWORD = 'seven lanterns over the quiet harbour'

export interface Site {
  readonly url: string
  readonly server: RunningProcess
  /** The link to a page in the newest mail to an address, which is on its way: nobody who asks for one waits for it. */
  mailed(address: string, path: string): Promise<string>
}

export async function openSite(): Promise<Site> {
  const port = await freePort('127.0.0.1')
  // Passkeys belong to a host with a name.
  const url = `http://localhost:${port}`
  const dataDir = join(makeFolder(), 'data')
  const server = startProcess({
    name: 'keywright serve',
    args: [BIN, 'serve', join(import.meta.dirname, 'lab.config.ts')],
    cwd: ROOT,
    env: { PORT: String(port), DATA_DIR: dataDir, BASE_URL: url },
  })
  await server.line(LISTENING)
  return { url, server, mailed: mailIn(join(dataDir, 'outbox'), url) }
}

/** Finds links in the mails that a server at this address keeps as files. */
export function mailIn(outbox: string, url: string): Site['mailed'] {
  return (address, path) => vi.waitFor(() => findLink(outbox, address, `${url}${path}`), 10_000)
}

function findLink(outbox: string, address: string, start: string): string {
  const links = readdirSync(outbox)
    .filter((name) => name.endsWith('.txt'))
    .toSorted()
    .map((name) => readFileSync(join(outbox, name), 'utf8'))
    .filter((text) => text.startsWith(`To: ${address}\n`))
    .map((text) => /https?:\/\/\S+/.exec(text)?.[0] ?? '')
  const link = links.findLast((each) => each.startsWith(start))
  if (link === undefined) throw new Error(`There is no mail to ${address} with a link to ${start}.`)
  return link
}
