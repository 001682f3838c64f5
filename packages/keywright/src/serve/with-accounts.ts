// Accounts of the standalone server: a definition with roles is about people, so they can sign in. Mail is kept as files
// below DATA_DIR, because a server that was just started knows no way to send it.

import { join } from 'node:path'
import type { Accounts } from '@keywright/contract'
import { ACCOUNT_PATHS } from '@keywright/contract'
import type { Authority } from '@keywright/core'
import { fileOutbox } from '../open/file-outbox.ts'
import { openAccounts } from '../open/open-accounts.ts'
import { freePort } from './free-port.ts'
import type { Surroundings } from './serve.ts'
import type { ServeSettings } from './settings.ts'

interface WithAccounts {
  readonly accounts?: Accounts
  /** To listen at: accounts were told of it. */
  readonly port: number
  /** To print when the server listens. */
  readonly lines: readonly string[]
}

/** Opens accounts if the definition has roles. */
export async function withAccounts(
  authority: Authority,
  settings: ServeSettings,
  around: Surroundings,
): Promise<WithAccounts> {
  if (authority.definition.roles.size === 0) return { port: settings.port, lines: [] }
  // Links and cookies name the port, so a free one is chosen before anything listens.
  const needsPort = settings.baseUrl === undefined && settings.port === 0
  const port = needsPort ? await freePort(settings.host) : settings.port
  const outbox = join(settings.dataDir, 'outbox')
  const accounts = await openAccounts(authority, {
    // Passkeys are bound to a name; an address has none.
    baseUrl: settings.baseUrl ?? `http://localhost:${port}`,
    sendMail: fileOutbox(outbox),
    onMailFailed: (error) => {
      const reason = error instanceof Error ? error.message : 'unknown'
      around.warn(`keywright: a mail could not be written to ${outbox}: ${reason}`)
    },
  })
  const line = `sign in: ${accounts.origin}${ACCOUNT_PATHS.signIn} (mail is written to ${outbox})`
  return { accounts, port, lines: [line] }
}
