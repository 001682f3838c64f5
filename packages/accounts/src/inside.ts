// What the verbs of accounts share, made once when accounts are opened.

import type { Kysely } from 'kysely'
import { Attempts } from './attempt/attempts.ts'
import type { Auth } from './auth/better-auth.ts'
import { createAuth } from './auth/better-auth.ts'
import type { AccountTables } from './auth/tables.ts'
import type { AccountsDeps } from './deps.ts'
import type { Mail } from './mail/mail.ts'

type AuthContext = Awaited<Auth['$context']>

export interface Inside {
  readonly deps: AccountsDeps
  readonly origin: string
  readonly auth: Auth
  /** Better Auth's rows of accounts, sessions and one-time values. */
  readonly rows: AuthContext['internalAdapter']
  readonly adapter: AuthContext['adapter']
  readonly passwords: AuthContext['password']
  /** The key that second factors are sealed under. */
  readonly sealing: AuthContext['secretConfig']
  readonly db: Kysely<AccountTables>
  readonly attempts: Attempts
  /** Sends without letting anybody wait: how long an answer takes must not tell whether a mail went out. */
  readonly post: (mail: Mail) => void
}

export async function openInside(deps: AccountsDeps): Promise<Inside> {
  const auth = createAuth(deps)
  const { internalAdapter, adapter, password, secretConfig } = await auth.$context
  const db = deps.database.withTables<AccountTables>()
  return {
    deps,
    origin: new URL(deps.baseUrl).origin,
    auth,
    rows: internalAdapter,
    adapter,
    passwords: password,
    sealing: secretConfig,
    db,
    attempts: new Attempts({ db, key: deps.key, clock: deps.clock }),
    post: (mail) => void post(deps, mail),
  }
}

async function post({ sendMail, onMailFailed }: AccountsDeps, mail: Mail): Promise<void> {
  try {
    await sendMail(mail)
  } catch (error) {
    onMailFailed(error)
  }
}

/** A secret for a link or a cookie: 256 bits. */
export function newToken({ deps }: Inside): string {
  return Buffer.from(deps.random(32)).toString('base64url')
}

export function newId({ deps }: Inside): string {
  return Buffer.from(deps.random(18)).toString('base64url').replaceAll(/[-_]/g, 'x')
}
