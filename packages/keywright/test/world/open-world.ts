// An authority over the real storage in a folder of its own, with time and chance in the test's hand. Every secret is
// remembered for the canary scan, and the folder is kept for it before it is removed.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Minted, Outcome, Principal } from '@keywright/core'
import { seededRandom, TestClock } from '@keywright/core/testing'
import type { Authority, Definition, Key, OpenOptions } from 'keywright'
import { openAuthority } from 'keywright'
import { onTestFinished } from 'vitest'
import { keepSink, rememberSecret } from '../../../../tools/canary/registry.ts'

export interface World<Scope extends string, Kinds extends string, Mode extends string> {
  /** The running authority; another one after `reopen`. */
  readonly authority: Authority<Scope, Kinds, Mode>
  readonly clock: TestClock
  readonly database: string
  /** Stops and starts again over the same folder. */
  reopen(): Promise<void>
  /** Every row of a query against the file, past the authority. */
  rows(sql: string): Record<string, unknown>[]
}

/** A folder that is kept for the scan and removed when the test is over. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-test-'))
  onTestFinished(() => {
    keepSink(folder)
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Opens an authority that lives as long as the test. */
export async function openWorld<Scope extends string, Kinds extends string, Mode extends string>(
  definition: Definition<Scope, Kinds, Mode>,
  options: Partial<OpenOptions> & { readonly seed?: number } = {},
): Promise<World<Scope, Kinds, Mode>> {
  const database = join(makeFolder(), 'acme.db')
  const clock = new TestClock()
  const random = seededRandom(options.seed ?? 7)
  const start = (): Promise<Authority<Scope, Kinds, Mode>> =>
    openAuthority(definition, { database, clock, random, ...options })
  let authority = await start()
  onTestFinished(() => authority.close())
  return {
    get authority() {
      return authority
    },
    clock,
    database,
    async reopen() {
      await authority.close()
      authority = await start()
    },
    rows: (sql) => rowsOf(database, sql),
  }
}

/** Every row of a query, read past the authority. */
export function rowsOf(database: string, sql: string): Record<string, unknown>[] {
  const handle = new DatabaseSync(database, { readOnly: true })
  try {
    return handle.prepare(sql).all()
  } finally {
    handle.close()
  }
}

/** What a mint or a rotation showed, once. */
export interface Shown {
  readonly id: string
  readonly key: Key
  readonly secret: string
}

/** The key and the secret of an answer that must have made one. */
export async function shown(answer: Promise<Outcome<Minted>>): Promise<Shown> {
  const outcome = await answer
  if (!outcome.ok) throw new Error(`refused as ${outcome.code}: ${outcome.detail}`)
  if (outcome.secret === null) throw new Error('the answer is a repeat and shows no secret')
  rememberSecret(outcome.secret)
  return { id: outcome.key.id, key: outcome.key, secret: outcome.secret }
}

/** What the refusal of a change says, or 'ok'. */
export async function codeOf(answer: Promise<Outcome<object>>): Promise<string> {
  const outcome = await answer
  return outcome.ok ? 'ok' : outcome.code
}

interface Verifies {
  verify(request: {
    credential: string
  }): Promise<
    | { readonly allowed: true; readonly principal: Principal }
    | { readonly allowed: false; readonly code: string }
  >
}

/** The verdict in one word: 'allowed' or the code of the refusal. */
export async function verdict(
  { authority }: { readonly authority: object },
  credential: string,
  ask: object = {},
): Promise<string> {
  const decision = await (authority as Verifies).verify({ credential, ...ask })
  return decision.allowed ? 'allowed' : decision.code
}

/** Who a secret acts as; it must be good. */
export async function principalOf(
  { authority }: { readonly authority: object },
  credential: string,
): Promise<Principal> {
  const decision = await (authority as Verifies).verify({ credential })
  if (!decision.allowed) throw new Error(`refused as ${decision.code}`)
  return decision.principal
}
