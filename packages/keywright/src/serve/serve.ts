// The standalone server: a definition over HTTP. Starts, says where it listens, and ends cleanly: on SIGTERM it
// reports not ready, finishes what is under way, writes what it holds in memory and exits 0.

import { join } from 'node:path'
import type { Authority, Definition } from '@keywright/core'
import { createServer } from '@keywright/server'
import { openAuthority } from '../open/open-authority.ts'
import { withCommandClient } from '../command-client.ts'
import { systemClock } from '../open/clock.ts'
import { systemRandom } from '../open/random.ts'
import { adminKindOf, bannerOf, mintAdminKeys } from './first-start.ts'
import type { LineLog } from './line-log.ts'
import type { ServeSettings } from './settings.ts'
import { withAccounts } from './with-accounts.ts'

/** How long requests under way may take after SIGTERM. */
const DRAIN_MS = 10_000

export interface ServeOptions {
  readonly definition: Definition
  readonly settings: ServeSettings
  /** Mint and show admin keys although there are some: when the first ones were lost. */
  readonly isAdminKeyWanted: boolean
}

/** What the outside gives the server, so that a test can take its place. */
export interface Surroundings {
  readonly print: (line: string) => void
  readonly warn: (line: string) => void
  readonly log: LineLog
  readonly exit: (code: number) => void
  readonly onSignal: (listener: () => void) => void
}

/** Serves until a signal comes. Resolves when it listens. */
export async function serve(options: ServeOptions, around: Surroundings): Promise<void> {
  const { settings } = options
  const definition = withCommandClient(options.definition)
  const authority = await openAuthority(definition, {
    database: join(settings.dataDir, 'keywright.db'),
    onWarning: around.warn,
    onFatal: (error) => {
      around.warn(
        `keywright: the database failed: ${error.message} Stopping; nothing acknowledged is lost.`,
      )
      around.exit(1)
    },
  })
  const { accounts, port, lines } = await withAccounts(authority, settings, around)
  const server = createServer({
    authority,
    ...(accounts === undefined ? {} : { accounts }),
    clock: systemClock,
    random: systemRandom,
    trustedProxies: settings.trustedProxies,
    log: around.log.add,
  })
  const listening = await server.listen({ port, host: settings.host })
  // Cookies and logins belong to the name that accounts were told of; on this machine it is the address to show.
  const isNamedHere = accounts !== undefined && settings.baseUrl === undefined
  const url = isNamedHere ? accounts.origin : listening
  for (const line of [...lines, ...(await firstStart(authority, options, url))]) around.print(line)
  around.onSignal(() => void stop(server, authority, around))
  around.print(`keywright listening on ${url}`)
}

async function firstStart(
  authority: Authority,
  { definition, isAdminKeyWanted }: ServeOptions,
  url: string,
): Promise<string[]> {
  const kind = adminKindOf(definition)
  if (kind === undefined) return []
  const known = await authority.asOperator('first-start').keys.list({ kind: kind.name, limit: 1 })
  if (!isAdminKeyWanted && (!known.ok || known.keys.length > 0)) return []
  return bannerOf(definition, url, await mintAdminKeys(authority, kind))
}

async function stop(
  server: ReturnType<typeof createServer>,
  authority: Authority,
  around: Surroundings,
): Promise<void> {
  const overdue = setTimeout(() => {
    around.warn('keywright: requests did not end in time; stopping without them.')
    around.exit(1)
  }, DRAIN_MS)
  overdue.unref()
  try {
    await server.close()
    await authority.close()
    around.exit(0)
  } catch (error) {
    around.warn(
      `keywright: could not stop cleanly: ${error instanceof Error ? error.message : 'unknown'}`,
    )
    around.exit(1)
  }
}
